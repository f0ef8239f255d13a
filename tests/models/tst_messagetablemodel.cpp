// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messagetablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace {

using Model = MessageTableModel;

StreamMessage message(quint64 sequence, const QByteArray &payload = "payload")
{
    StreamMessage message;
    message.sequence = sequence;
    message.subject = QStringLiteral("orders.new");
    message.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    message.timestamp = QStringLiteral("2026-01-02T03:04:05.%1Z").arg(sequence);
    message.payload = payload;
    return message;
}

} // namespace

class MessageTableModelTest final : public QObject {
    Q_OBJECT

private slots:
    void saysWhatAMessageHolds();
    void boundsWhatIsToldOfHeaders();
    void keepsTheRowsThatStay();
    void tellsAnotherOfTheSameSequence();
};

void MessageTableModelTest::saysWhatAMessageHolds()
{
    Model model;
    QAbstractItemModelTester tester(&model);
    model.setNow(QDateTime(QDate(2026, 1, 2), QTime(3, 4, 15), Qt::UTC), 0, -1);
    StreamMessage first = message(1234, "{\n \"a\": 1 }");
    first.headerBlock = "NATS/1.0\r\nk: v\r\nk: w\r\n\r\n";
    model.setMessages({first, message(1240, QByteArray("a\0\n\x1b", 4))});
    const auto cell = [&model](int row, int column, int role = Qt::DisplayRole) {
        return model.index(row, column).data(role).toString();
    };
    QCOMPARE(cell(0, Model::SequenceColumn), QStringLiteral("1,234"));
    QCOMPARE(cell(0, Model::TimeColumn), QStringLiteral("10 s ago"));
    QCOMPARE(cell(0, Model::SubjectColumn), QStringLiteral("orders.new"));
    QCOMPARE(cell(0, Model::HeadersColumn), QStringLiteral("2"));
    QCOMPARE(cell(0, Model::HeadersColumn, Qt::ToolTipRole), QStringLiteral("k: v\nk: w"));
    QCOMPARE(cell(0, Model::PayloadColumn), QStringLiteral("{ \"a\": 1 }"));
    QCOMPARE(cell(1, Model::HeadersColumn), QString());
    for (const QChar character : cell(1, Model::PayloadColumn))
        QVERIFY(character.category() != QChar::Other_Control);
}

/// Any publisher fills them.
void MessageTableModelTest::boundsWhatIsToldOfHeaders()
{
    StreamMessage many = message(1);
    many.headerBlock = "NATS/1.0\r\n" + QByteArray("a: b\r\nno header\r\n").repeated(50'000) + "\r\n";
    StreamMessage wide = message(2);
    wide.headerBlock = "NATS/1.0\r\nx: a\x1b\xe2\x80\xae" + QByteArray(1'000'000, 'y') + "\r\nz: 1\r\n\r\n";
    Model model;
    model.setMessages({many, wide});
    const auto cell = [&model](
                          int row, int role) { return model.index(row, Model::HeadersColumn).data(role).toString(); };
    QCOMPARE(cell(0, Qt::DisplayRole), QStringLiteral("50,000"));
    QCOMPARE(cell(0, Qt::ToolTipRole).count(QLatin1Char('\n')), 20);
    QCOMPARE(cell(1, Qt::DisplayRole), QStringLiteral("2"));
    QVERIFY(cell(1, Qt::ToolTipRole).size() < 300);
    for (const QChar character : cell(1, Qt::ToolTipRole).section(QLatin1Char('\n'), 0, 0))
        QVERIFY(character.category() != QChar::Other_Control && character.category() != QChar::Other_Format);
}

void MessageTableModelTest::keepsTheRowsThatStay()
{
    Model model;
    QAbstractItemModelTester tester(&model);
    model.setMessages({message(1), message(2), message(3)});
    const QPersistentModelIndex second(model.index(1, 0));
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setMessages({message(2), message(3), message(4)});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(second.row(), 0);
    QVERIFY(changes.isEmpty());
}

void MessageTableModelTest::tellsAnotherOfTheSameSequence()
{
    Model model;
    model.setMessages({message(1, "before")});
    StreamMessage other = message(1, "after");
    other.timestamp = QStringLiteral("2027-01-01T00:00:00Z");
    model.setMessages({other});
    QCOMPARE(model.index(0, Model::PayloadColumn).data().toString(), QStringLiteral("after"));
}

QTEST_GUILESS_MAIN(MessageTableModelTest)
#include "tst_messagetablemodel.moc"
