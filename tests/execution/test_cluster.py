"""A Dask cluster joined, refused, and lost: real ones, on the loopback."""

import os
import pickle
import socket

import pytest

from kit import lan as lans
from kit.kitchen import cut, no_tools, simmer
from kit.lan import absent, its_own
from pipeline.errors import ExitCode, OperatorError
from pipeline.execution import Failure, Work, cluster, over_all
from pipeline.execution.cluster import difference, joined
from pipeline.execution.luggage import packed
from pipeline.fingerprint import identity


def refused(address, identify=identity):
    with pytest.raises(OperatorError) as told, joined(address, identify):
        pytest.fail("joined")
    return told.value.code, told.value.message


def test_workers_with_another_program_are_refused_with_what_differs(lan):
    code, words = refused(lan, its_own)
    assert code is ExitCode.WORKER
    assert f"这里 {os.getpid()}" in words
    assert "没有用它" in words


def test_workers_without_the_program_are_refused(lan):
    assert "没有装本程序" in refused(lan, absent)[1]


def test_a_worker_that_comes_later_with_another_program_does_nothing():
    theirs = {**identity(), "lxml": "5.0.0"}
    done = cluster._turn(packed((Work(no_tools, cut), identity, theirs)), pickle.dumps(("a",)))
    with pytest.raises(OperatorError, match="lxml .*，这里 5.0.0"):
        done.results()
    done = cluster._turn(packed((Work(no_tools, cut), identity, dict(identity()))), pickle.dumps(("a",)))
    assert done.results() == ["a by None"]


def no_knife():
    raise OperatorError(ExitCode.DEPENDENCY, "没有刀。")


def test_tools_that_a_worker_cannot_make_ready_stop_the_work_with_its_sentence():
    done = cluster._turn(packed((Work(no_knife, cut), its_own, its_own())), pickle.dumps(("a",)))
    with pytest.raises(OperatorError, match="没有刀"):
        done.results()


def test_what_differs_is_named():
    assert difference({"a": "1", "b": "2"}, {"a": "1", "b": "2"}) == ""
    assert (
        difference({"a": "1", "b": "2"}, {"a": "0", "c": "3"})
        == "a 0，这里 1；b 没有，这里 2；c 3，这里 没有"
    )


def test_an_address_that_nobody_answers_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # listens, and says nothing
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        assert refused(address) == (
            ExitCode.WORKER,
            f"集群 {address} 没有应答。请看地址对不对，dask scheduler 开了没有，或不加 --cluster。",
        )
    assert "没有应答" in refused(address)[1]


def test_without_the_extra_the_sentence_says_what_to_install(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(cluster, "import_module", missing)
    code, words = refused("tcp://127.0.0.1:1")
    assert code is ExitCode.DEPENDENCY
    assert 'pip install "make-report[cluster]"' in words


def test_a_cluster_without_workers_is_told_so(monkeypatch):
    monkeypatch.setattr(cluster, "COMING", 0.1)
    with lans.started(0) as empty:
        assert "没有工作进程" in refused(empty.address)[1]


def test_workers_that_go_and_do_not_come_back_end_the_wait(lan, monkeypatch):
    monkeypatch.setattr(cluster, "AGE", 0.0)
    monkeypatch.setattr(cluster, "GRACE", 0.0)
    with joined(lan, identity) as workers:
        monkeypatch.setattr(workers._client, "nthreads", dict)
        with pytest.raises(OperatorError, match="没有工作进程"):
            list(over_all(Work(no_tools, simmer), [0.5] * 20, workers))


def test_heavy_items_go_alone_to_a_cluster_too_however_quick_they_are(lan):
    with joined(lan, identity) as cluster_of_two:
        for weight, size in ((1, 4), (4, 1)):
            crew = cluster_of_two.crew(Work(no_tools, cut, weight=weight))
            crew.batches.learn(0.001, 1)
            assert crew.batches.size(100, 2) == size
        dishes = [f"dish {number}" for number in range(9)]
        made = over_all(Work(no_tools, cut, weight=4), dishes, cluster_of_two)
        assert list(made) == [f"{dish} by None" for dish in dishes]


def test_a_cluster_that_goes_away_midway_ends_the_run_with_a_sentence(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 2.0)
    with lans.started(1) as leaving, joined(leaving.address, identity) as workers:
        results = over_all(Work(no_tools, simmer), [0.0] * 1000, workers)
        assert next(results) is None
        leaving.program.kill()
        with pytest.raises(OperatorError, match="连接断了") as told:
            list(results)
        assert told.value.code is ExitCode.WORKER


def test_an_item_that_cannot_be_sent_is_its_own_bug(lan):
    with joined(lan, identity) as workers:
        found = list(over_all(Work(no_tools, cut), ["a", lambda: "b", "c"], workers))
    assert (found[0], found[2]) == ("a by None", "c by None")
    assert isinstance(found[1], Failure)
    assert found[1].code is ExitCode.BUG
