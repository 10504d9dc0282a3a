"""The official faces installed on this computer: found by name, judged, one chosen for each role."""
