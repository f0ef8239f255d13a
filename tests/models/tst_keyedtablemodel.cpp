// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/streamtablemodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

namespace {

Stream makeStream(const QString &name, quint64 messages)
{
    Stream stream;
    stream.id = {QStringLiteral("default"), name};
    stream.messages = messages;
    return stream;
}

QList<Stream> randomSnapshot(QRandomGenerator &random, int most)
{
    QList<Stream> streams;
    for (int number = 0; number < most; ++number) {
        if (random.bounded(3) != 0)
            streams << makeStream(QStringLiteral("S%1").arg(number, 5, 10, QLatin1Char('0')), random.bounded(20U));
    }
    return streams;
}

QStringList shownNames(const StreamTableModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names << model.rowAt(row).id.name;
    return names;
}

/// What the model must show, worked out the plain way.
QStringList expectedNames(QList<Stream> streams, Qt::SortOrder order, const QString &filter)
{
    std::stable_sort(streams.begin(), streams.end(), [order](const Stream &left, const Stream &right) {
        return order == Qt::AscendingOrder ? left.messages < right.messages : left.messages > right.messages;
    });
    QStringList names;
    for (const Stream &stream : streams) {
        if (stream.id.name.contains(filter))
            names << stream.id.name;
    }
    return names;
}

/// Counts how often somebody asked for a text, or whether a row is let through.
class CountingModel final : public ObjectTableModel<Stream> {
public:
    CountingModel()
        : ObjectTableModel({{QStringLiteral("Name"), CellFace::Name}}, -1, nullptr)
    {
    }

    mutable int asked = 0;
    mutable int judged = 0;
    bool isFiltering = false;

protected:
    bool isLetThrough(const Stream &row) const override
    {
        ++judged;
        return !isFiltering || row.messages % 2 == 0;
    }
    int compared(const Stream &, const Stream &, int) const override { return 0; }
    QString text(const Stream &row, int) const override
    {
        ++asked;
        return QString::number(row.messages);
    }
    QString toolTip(const Stream &, int) const override { return {}; }
    CellTone tone(const Stream &, int) const override { return CellTone::Neutral; }
    std::optional<QDateTime> time(const Stream &) const override { return {}; }
};

} // namespace

class KeyedTableModelTest final : public QObject {
    Q_OBJECT

private slots:
    void followsRandomSnapshots_data();
    void followsRandomSnapshots();
    void keepsPersistentIndexesAndSelection();
    void announcesContiguousRanges();
    void saysNothingAboutEqualSnapshots();
    void takesTheFirstOfSeveralWithOneId();
    void findsRowsById();
    void makesTheTextOfARowOnceToSortByIt();
    void asksNothingAgainOfRowsThatStayAsTheyWere();
    void announcesVeryManyChangesAsOne();
};

void KeyedTableModelTest::followsRandomSnapshots_data()
{
    QTest::addColumn<int>("most");
    QTest::newRow("few rows, few ranges") << 12;
    QTest::newRow("many ranges") << 400;
}

void KeyedTableModelTest::followsRandomSnapshots()
{
    QFETCH(int, most);
    StreamTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QRandomGenerator random(4711);
    for (int round = 0; round < 60; ++round) {
        const Qt::SortOrder order = round % 7 < 4 ? Qt::AscendingOrder : Qt::DescendingOrder;
        const QString filter = round % 5 < 2 ? QStringLiteral("1") : QString();
        model.sort(StreamTableModel::MessagesColumn, order);
        model.setFilterText(filter);
        const QList<Stream> snapshot = randomSnapshot(random, most);
        model.setRows(snapshot);
        QCOMPARE(shownNames(model), expectedNames(snapshot, order, filter));
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.rowAt(row), *model.find(model.rowAt(row).id));
    }
    QCOMPARE(resets.count(), 0);
}

void KeyedTableModelTest::keepsPersistentIndexesAndSelection()
{
    StreamTableModel model;
    QItemSelectionModel selection(&model);
    QRandomGenerator random(42);
    model.sort(StreamTableModel::MessagesColumn);
    for (int round = 0; round < 40; ++round) {
        QList<Stream> snapshot = randomSnapshot(random, round % 2 == 0 ? 20 : 600);
        snapshot << makeStream(QStringLiteral("T"), random.bounded(20U));
        model.setRows(snapshot);
        const StreamId kept{QStringLiteral("default"), QStringLiteral("T")};
        if (round == 0)
            selection.setCurrentIndex(
                model.indexOf(kept), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        QCOMPARE(selection.currentIndex(), model.indexOf(kept));
        QCOMPARE(selection.selectedRows(), {model.indexOf(kept)});
    }
}

void KeyedTableModelTest::announcesContiguousRanges()
{
    StreamTableModel model;
    const auto named = [](const char *name, quint64 messages = 0) { return makeStream(QLatin1String(name), messages); };
    model.setRows({named("A"), named("B"), named("F"), named("G")});
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy moved(&model, &QAbstractItemModel::layoutChanged);

    model.setRows({named("A"), named("C"), named("D"), named("E"), named("F", 5), named("G", 6)});

    QCOMPARE(removed.count(), 1);
    QCOMPARE(removed.first().mid(1), (QVariantList{1, 1}));
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(inserted.first().mid(1), (QVariantList{1, 3}));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 2);
    QCOMPARE(moved.count(), 0);
}

void KeyedTableModelTest::saysNothingAboutEqualSnapshots()
{
    StreamTableModel model;
    QRandomGenerator random(7);
    const QList<Stream> snapshot = randomSnapshot(random, 50);
    model.setRows(snapshot);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy moved(&model, &QAbstractItemModel::layoutChanged);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.setRows(snapshot);
    QCOMPARE(changed.count() + moved.count() + inserted.count(), 0);
}

void KeyedTableModelTest::takesTheFirstOfSeveralWithOneId()
{
    StreamTableModel model;
    model.setRows(
        {makeStream(QStringLiteral("B"), 1), makeStream(QStringLiteral("A"), 2), makeStream(QStringLiteral("B"), 3)});
    QCOMPARE(shownNames(model), (QStringList{QStringLiteral("A"), QStringLiteral("B")}));
    QCOMPARE(model.rowAt(1).messages, 1U);
}

void KeyedTableModelTest::findsRowsById()
{
    StreamTableModel model;
    model.setRows({makeStream(QStringLiteral("A"), 1), makeStream(QStringLiteral("B"), 2)});
    model.setFilterText(QStringLiteral("x b"));
    QCOMPARE(model.rowCount(), 0);
    model.setFilterText(QStringLiteral("B"));
    const StreamId first{QStringLiteral("default"), QStringLiteral("A")};
    const StreamId second{QStringLiteral("default"), QStringLiteral("B")};
    QVERIFY(model.find(first));
    QVERIFY(!model.indexOf(first).isValid());
    QCOMPARE(model.indexOf(second).row(), 0);
    QVERIFY(!model.find({QStringLiteral("other"), QStringLiteral("B")}));
}

void KeyedTableModelTest::makesTheTextOfARowOnceToSortByIt()
{
    CountingModel model;
    model.sort(0);
    QRandomGenerator random(11);
    for (int round = 0; round < 3; ++round) {
        const QList<Stream> snapshot = randomSnapshot(random, 3000);
        const auto isOther = [&model](const Stream &stream) { return model.find(stream.id) != std::optional(stream); };
        const auto others = std::count_if(snapshot.cbegin(), snapshot.cend(), isOther);
        model.asked = 0;
        model.setRows(snapshot);
        QCOMPARE(model.asked, int(others));
        for (int row = 1; row < model.rowCount(); ++row)
            QVERIFY(
                model.rowAt(row - 1).messages <= model.rowAt(row).messages); // digits in a text count by their value
    }
}

void KeyedTableModelTest::asksNothingAgainOfRowsThatStayAsTheyWere()
{
    CountingModel model;
    model.isFiltering = true;
    model.sort(0);
    QRandomGenerator random(12);
    QList<Stream> snapshot = randomSnapshot(random, 1000);
    snapshot.first().messages = 2;
    snapshot.last().messages = 4;
    model.setRows(snapshot);
    model.judged = 0;
    model.asked = 0;
    snapshot.first().messages = 6;
    snapshot.last().messages = 5; // is let through no more
    model.setRows(snapshot);
    QCOMPARE(model.judged, 2);
    QCOMPARE(model.asked, 1);
}

void KeyedTableModelTest::announcesVeryManyChangesAsOne()
{
    StreamTableModel model;
    QList<Stream> snapshot;
    for (int number = 0; number < 1000; ++number)
        snapshot << makeStream(QStringLiteral("S%1").arg(number, 4, 10, QLatin1Char('0')), 0);
    model.setRows(snapshot);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (int number = 1; number < 1000; number += 2)
        snapshot[number].messages = 7;
    model.setRows(snapshot);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 999);
}

QTEST_GUILESS_MAIN(KeyedTableModelTest)
#include "tst_keyedtablemodel.moc"
