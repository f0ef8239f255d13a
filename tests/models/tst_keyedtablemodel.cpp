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

/// As a service makes it.
SnapshotStep<Stream> stepBetween(const QList<Stream> &before, const QList<Stream> &after)
{
    return {before, after, successionBetween(before, after, [](const Stream &, const Stream &) {})};
}

Stream described(Stream stream, quint64 number)
{
    stream.config = {{QStringLiteral("description"), QStringLiteral("note%1").arg(number)}};
    return stream;
}

/// One of `odds` has another number of messages; a few are described otherwise, gone or new.
QList<Stream> successorOf(QList<Stream> streams, QRandomGenerator &random, int odds)
{
    QList<Stream> next;
    for (Stream &stream : streams) {
        if (random.bounded(odds) == 0)
            stream.messages = random.bounded(20U);
        if (random.bounded(odds * 2) == 0)
            stream = described(stream, random.bounded(3U));
        if (random.bounded(odds * 4) != 0)
            next << stream;
        if (random.bounded(odds * 4) == 0)
            next << makeStream(stream.id.name + QLatin1Char('b'), random.bounded(20U));
    }
    makeUnique(next);
    return next;
}

/// Counts the rows that a model tells to have come and gone, and keeps what it shows as a view would.
class Mirror final : public QObject {
public:
    explicit Mirror(const StreamTableModel &model)
        : m_model(model)
    {
        connect(&model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
            for (int row = first; row <= last; ++row)
                m_rows.insert(row, m_model.rowAt(row));
        });
        connect(&model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { m_rows.remove(first, last - first + 1); });
        connect(&model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to) {
            for (int row = from.row(); row <= to.row(); ++row)
                m_rows[row] = m_model.rowAt(row);
        });
        connect(&model, &QAbstractItemModel::layoutChanged, this, [this] {
            for (int row = 0; row < m_model.rowCount(); ++row)
                m_rows[row] = m_model.rowAt(row);
        });
    }

    bool isTrue() const
    {
        bool isSame = m_rows.size() == m_model.rowCount();
        for (int row = 0; isSame && row < m_model.rowCount(); ++row)
            isSame = m_rows.at(row) == m_model.rowAt(row);
        return isSame;
    }

private:
    const StreamTableModel &m_model;
    QList<Stream> m_rows;
};

/// What the model must show, worked out the plain way.
QStringList expectedNames(QList<Stream> streams, Qt::SortOrder order, const QString &filter)
{
    std::stable_sort(streams.begin(), streams.end(), [order](const Stream &left, const Stream &right) {
        return order == Qt::AscendingOrder ? left.messages < right.messages : left.messages > right.messages;
    });
    QStringList names;
    for (const Stream &stream : streams) {
        if ((stream.id.name + QLatin1Char(' ') + stream.description()).contains(filter))
            names << stream.id.name;
    }
    return names;
}

/// Counts how often somebody asked for a text, or for what the filter looks at.
class CountingModel final : public ObjectTableModel<Stream> {
public:
    CountingModel()
        : ObjectTableModel({{QStringLiteral("Name"), CellFace::Name}}, -1, nullptr)
    {
    }

    mutable int asked = 0;
    mutable int judged = 0;

protected:
    QString searchText(const Stream &row) const override
    {
        ++judged;
        return row.description().back().digitValue() % 2 == 0 ? QStringLiteral("even") : QStringLiteral("odd");
    }
    int compared(const Stream &, const Stream &, int) const override { return 0; }
    QString text(const Stream &row, int) const override
    {
        ++asked;
        return row.description();
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
    void followsSuccessors_data();
    void followsSuccessors();
    void believesAStepOnlyOfItsOwnLists();
    void keepsPersistentIndexesAndSelection();
    void keepsTheSelectionWhileRowsAreArranged();
    void leavesRowsWhereTheyAreUntilTheyAreArranged();
    void showsRowsAsTheyWereAskedForLast();
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

void KeyedTableModelTest::followsSuccessors_data()
{
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("odds"); // one of so many changes
    QTest::addColumn<int>("rounds");
    QTest::addColumn<QString>("step");
    for (const char *step : {"none", "right", "stale", "of other lists"}) {
        QTest::addRow("few rows, step %s", step) << 30 << 3 << 60 << QString::fromLatin1(step);
        QTest::addRow("many rows, step %s", step) << 500 << 20 << 40 << QString::fromLatin1(step);
    }
    QTest::addRow("in slices, few change") << 12'000 << 100 << 12 << QStringLiteral("right");
    QTest::addRow("in slices, many change") << 12'000 << 2 << 12 << QStringLiteral("right");
}

/// Snapshots, filters and orders follow each other without waiting; now and then all comes to rest.
void KeyedTableModelTest::followsSuccessors()
{
    QFETCH(int, most);
    QFETCH(int, odds);
    QFETCH(int, rounds);
    QFETCH(QString, step);
    StreamTableModel model;
    const auto tester = most < 1000
        ? std::make_unique<QAbstractItemModelTester>(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
        : nullptr;
    const Mirror mirror(model);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QRandomGenerator random(815);
    QList<Stream> before;
    QList<Stream> present = randomSnapshot(random, most);
    model.setRows(present);
    for (int round = 0; round < rounds; ++round) {
        const Qt::SortOrder order = random.bounded(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
        const QString filter =
            QStringList{QString(), QStringLiteral("1"), QStringLiteral("12"), QStringLiteral("note2")}.at(
                random.bounded(4));
        if (random.bounded(3) == 0)
            model.sort(StreamTableModel::MessagesColumn, order);
        model.setFilterText(filter);
        if (random.bounded(2) == 0)
            QCoreApplication::processEvents();
        const QList<Stream> next = successorOf(present, random, odds);
        const QList<Stream> &from = step == QLatin1String("stale") ? before : present;
        if (step == QLatin1String("none"))
            model.setRows(next);
        else if (step == QLatin1String("of other lists"))
            model.setRows(next, stepBetween(QList<Stream>(from.cbegin(), from.cend()), next.mid(1)));
        else
            model.setRows(next, stepBetween(from, next));
        before = std::exchange(present, next);
        QCOMPARE(model.rows(), present);
        QVERIFY(mirror.isTrue());
        model.sort(StreamTableModel::MessagesColumn, order);
        if (random.bounded(2) == 0)
            continue;
        QTRY_VERIFY(!model.isArranging());
        QCOMPARE(shownNames(model), expectedNames(present, order, filter));
        QVERIFY(mirror.isTrue());
    }
    QCOMPARE(resets.count(), 0);
}

void KeyedTableModelTest::believesAStepOnlyOfItsOwnLists()
{
    const QList<Stream> before{makeStream(QStringLiteral("A"), 1), makeStream(QStringLiteral("B"), 2)};
    const QList<Stream> after{makeStream(QStringLiteral("A"), 1), makeStream(QStringLiteral("B"), 3)};
    SnapshotStep<Stream> step = stepBetween(before, after);
    step.succession.changed = {0}; // which would be wrong
    for (const bool isOwn : {true, false}) {
        StreamTableModel model;
        model.setRows(isOwn ? before : QList<Stream>(before.cbegin(), before.cend()));
        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setRows(after, step);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().row(), isOwn ? 0 : 1);
    }
}

void KeyedTableModelTest::keepsTheSelectionWhileRowsAreArranged()
{
    StreamTableModel model;
    QItemSelectionModel selection(&model);
    QRandomGenerator random(43);
    QList<Stream> present = randomSnapshot(random, 12'000);
    present << makeStream(QStringLiteral("T"), 7);
    model.setRows(present);
    QTRY_VERIFY(!model.isArranging());
    const StreamId kept{QStringLiteral("default"), QStringLiteral("T")};
    selection.setCurrentIndex(model.indexOf(kept), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    for (int round = 0; round < 8; ++round) {
        model.sort(round % 3, round % 2 == 0 ? Qt::DescendingOrder : Qt::AscendingOrder);
        model.setFilterText(round % 4 < 2 ? QStringLiteral("t") : QString());
        QList<Stream> next = successorOf(present, random, round % 2 == 0 ? 2 : 100);
        next.removeIf([&kept](const Stream &stream) { return stream.id == kept; });
        next << makeStream(QStringLiteral("T"), random.bounded(20U));
        model.setRows(next, stepBetween(present, next));
        present = next;
        QCOMPARE(selection.currentIndex(), model.indexOf(kept));
        QTRY_VERIFY(!model.isArranging());
        QCOMPARE(selection.currentIndex(), model.indexOf(kept));
        QCOMPARE(selection.selectedRows(), {model.indexOf(kept)});
    }
}

void KeyedTableModelTest::leavesRowsWhereTheyAreUntilTheyAreArranged()
{
    StreamTableModel model;
    QRandomGenerator random(44);
    const QList<Stream> snapshot = randomSnapshot(random, 60'000);
    model.setRows(snapshot);
    QTRY_VERIFY(!model.isArranging());
    const QStringList before = shownNames(model);
    QCOMPARE(before.size(), snapshot.size());
    model.sort(StreamTableModel::NameColumn, Qt::DescendingOrder);
    QVERIFY(model.isArranging());
    QCOMPARE(shownNames(model), before);
    model.sort(-1);
    QVERIFY(!model.isArranging());
    QCOMPARE(shownNames(model), before);
}

void KeyedTableModelTest::showsRowsAsTheyWereAskedForLast()
{
    StreamTableModel model;
    QRandomGenerator random(45);
    const QList<Stream> snapshot = randomSnapshot(random, 60'000);
    model.setRows(snapshot);
    model.sort(StreamTableModel::NameColumn, Qt::DescendingOrder);
    model.setFilterText(QStringLiteral("S"));
    model.setFilterText(QStringLiteral("S00"));
    model.sort(StreamTableModel::MessagesColumn, Qt::DescendingOrder);
    QTRY_VERIFY(!model.isArranging());
    QCOMPARE(shownNames(model), expectedNames(snapshot, Qt::DescendingOrder, QStringLiteral("S00")));
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
        QList<Stream> snapshot = randomSnapshot(random, 3000);
        for (Stream &stream : snapshot)
            stream = described(stream, stream.messages);
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
    model.setFilterText(QStringLiteral("Even"));
    model.sort(0);
    QRandomGenerator random(12);
    QList<Stream> snapshot = randomSnapshot(random, 1000);
    for (Stream &stream : snapshot)
        stream = described(stream, stream.messages);
    snapshot.first() = described(snapshot.first(), 2);
    snapshot.last() = described(snapshot.last(), 4);
    model.setRows(snapshot);
    model.judged = 0;
    model.asked = 0;
    snapshot.first() = described(snapshot.first(), 6);
    snapshot.last() = described(snapshot.last(), 5); // is let through no more
    for (Stream &stream : snapshot)
        stream.messages += 1; // is no word
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
