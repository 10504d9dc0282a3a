"""An order for a slip goes to whoever has a hand free, on another computer too."""

import hashlib
import pickle

from msgspec.structs import replace

from pipeline.arrived import ArrivedFile
from pipeline.slip_order import Book, Order
from test_slip import SLIP


def test_an_order_sent_to_another_computer_has_the_workbooks_bytes_with_it(tmp_path):
    sent = tmp_path / "市教育局.xlsx"
    sent.write_bytes(b"PK as it was sent")
    sha256 = hashlib.sha256(b"PK as it was sent").hexdigest()
    file = ArrivedFile("submissions/市教育局.xlsx", str(sent))
    order = Order(
        "A1", SLIP, "退回单/市教育局退回单", (Book(file, sha256, SLIP.lines, "退回单/甲（标注）.xlsx"),)
    )
    there = pickle.loads(pickle.dumps(order.carried()))
    sent.unlink()
    assert there.books[0].file.read() == b"PK as it was sent"
    assert replace(there, books=()) == replace(order, books=())
