// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/streamtablemodel.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/filterbox.h"
#include "widgets/common/listpage.h"
#include "widgets/common/tableview.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSet>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <memory>

namespace {

Stream stream(int number, const char *account = "default")
{
    Stream made;
    made.id = {QLatin1String(account), QStringLiteral("S%1").arg(number, 4, 10, QLatin1Char('0'))};
    return made;
}

QList<Stream> streams(int count)
{
    QList<Stream> made;
    for (int number = 0; number < count; ++number)
        made << stream(number);
    return made;
}

/// Remembers of which rows somebody asked for a text.
class CountingModel final : public ObjectTableModel<Stream> {
public:
    CountingModel()
        : ObjectTableModel(
            {{QStringLiteral("Name"), CellFace::Name}, {QStringLiteral("More"), CellFace::Soft}}, 1, nullptr)
    {
    }

    mutable QSet<QString> formatted;

protected:
    QString searchText(const Stream &row) const override { return row.id.name; }
    int compared(const Stream &, const Stream &, int) const override { return 0; }
    QString text(const Stream &row, int) const override
    {
        formatted.insert(row.id.name);
        return row.id.name;
    }
    QString toolTip(const Stream &, int) const override { return {}; }
    CellTone tone(const Stream &, int) const override { return CellTone::Neutral; }
    std::optional<QDateTime> time(const Stream &) const override { return {}; }
};

} // namespace

class ListPageTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void filtersByAccountWhereRowsAreInOne();
    void keepsSelectionAndPlaceOverSnapshots();
    void filtersByTextAndAccount();
    void opensByEnterAndClosesByEscape();
    void leadsFromTheFilterToTheRows();
    void asksToDeleteTheCurrentRow();
    void saysWhyNothingNewCanBeMade();
    void tellsLongNamesApart_data();
    void tellsLongNamesApart();
    void leavesRoomForTheCount();
    void hidesColumnsThatGiveWay();
    void givesNamesTheSpareWidth();
    void remembersWhatAPersonSized();
    void remembersWhatAPersonSortedBy();
    void putsThePanelInPlaceOfANarrowList();
    void makesRoomForTheTableBesideAWidePanel();
    void arrangesAnewWhenThePanelNeedsLessRoom();
    void givesTheKeyboardToWhatStandsThere();
    void keepsTheKeyboardWhenTheLastRowGoes();
    void formatsFewRowsOfVeryMany();

private:
    void open();
    void show(int width);

    StreamTableModel m_model;
    std::unique_ptr<ListPage> m_page;
    QLineEdit *m_panel = nullptr;
};

void ListPageTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("pennant-tests"));
}

void ListPageTest::init()
{
    m_page.reset();
    m_model.setFilterText({});
    m_model.setAccount({});
    m_model.setRows({});
    QSettings().clear();
    open();
}

/// In place of the page before.
void ListPageTest::open()
{
    m_page.reset();
    m_page = std::make_unique<ListPage>(
        ListPage::Words{QStringLiteral("Filter"), QStringLiteral("New"), QStringLiteral("stream")}, &m_model);
    m_page->setColumns(StreamTableModel::SubjectsColumn, 130, {StreamTableModel::StateColumn});
    m_panel = new QLineEdit;
    m_page->addPanel(m_panel);
}

void ListPageTest::show(int width)
{
    m_page->resize(width, 600);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void ListPageTest::filtersByAccountWhereRowsAreInOne()
{
    const auto offersAccounts = [](bool hasAccountFilter) {
        StreamTableModel model;
        ListPage page(
            {QStringLiteral("Filter"), QStringLiteral("New"), QStringLiteral("thing"), hasAccountFilter}, &model);
        page.show();
        return page.findChild<QComboBox *>(QStringLiteral("thingAccountFilterCombo"))->isVisible();
    };
    QVERIFY(offersAccounts(true));
    QVERIFY(!offersAccounts(false));
}

void ListPageTest::keepsSelectionAndPlaceOverSnapshots()
{
    m_model.setRows(streams(500));
    show(1200);
    TableView *table = m_page->table();
    table->setCurrentIndex(m_model.indexOf(stream(300).id));
    table->scrollTo(table->currentIndex(), QAbstractItemView::PositionAtTop);
    const int place = table->verticalScrollBar()->value();
    QVERIFY(place > 0);
    QList<Stream> next = streams(500);
    for (Stream &changed : next)
        changed.messages = 5;
    next.removeAt(400);
    m_model.setRows(next);
    QCOMPARE(m_model.rowAt(table->currentIndex().row()).id, stream(300).id);
    QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
    QCOMPARE(table->verticalScrollBar()->value(), place);
}

void ListPageTest::filtersByTextAndAccount()
{
    m_model.setRows({stream(1), stream(2, "edge"), stream(3, "edge")});
    m_page->setAccounts({QStringLiteral("default"), QStringLiteral("edge")});
    auto *account = m_page->findChild<QComboBox *>(QStringLiteral("streamAccountFilterCombo"));
    account->setCurrentIndex(2);
    QCOMPARE(m_model.rowCount(), 2);
    m_page->filterBox()->setText(QStringLiteral("3"));
    QCOMPARE(m_model.rowCount(), 1);
    m_page->setAccounts({QStringLiteral("alpha"), QStringLiteral("default"), QStringLiteral("edge")});
    QCOMPARE(account->currentText(), QStringLiteral("edge"));
    m_page->clearFilters();
    QCOMPARE(m_model.rowCount(), 3);
}

void ListPageTest::opensByEnterAndClosesByEscape()
{
    m_model.setRows(streams(3));
    show(1200);
    QSignalSpy opened(m_page.get(), &ListPage::openRequested);
    QSignalSpy closed(m_page.get(), &ListPage::panelCloseRequested);
    m_page->table()->setCurrentIndex(m_model.index(1, 0));
    QTest::keyClick(m_page->table(), Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QTest::keyClick(m_page->table(), Qt::Key_Escape);
    QCOMPARE(closed.count(), 0);
    m_page->showPanel(m_panel);
    QTest::keyClick(m_panel, Qt::Key_Escape);
    QCOMPARE(closed.count(), 1);
}

void ListPageTest::leadsFromTheFilterToTheRows()
{
    m_model.setRows(streams(3));
    m_page->showTable();
    show(1200);
    m_page->activateWindow();
    m_page->filterBox()->setFocus();
    QTRY_VERIFY(m_page->filterBox()->hasFocus());
    QTest::keyClick(m_page->filterBox(), Qt::Key_Down);
    QTRY_VERIFY(m_page->table()->hasFocus());
}

void ListPageTest::asksToDeleteTheCurrentRow()
{
    m_model.setRows(streams(3));
    show(1200);
    QSignalSpy asked(m_page.get(), &ListPage::deleteRequested);
    m_page->table()->setFocus();
    m_page->table()->setCurrentIndex(m_model.index(2, 0));
    QTRY_VERIFY(m_page->table()->hasFocus());
    QTest::keyClick(m_page->table(), Qt::Key_Delete);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toModelIndex().row(), 2);
}

void ListPageTest::saysWhyNothingNewCanBeMade()
{
    auto *make = m_page->findChild<QPushButton *>(QStringLiteral("newStreamButton"));
    QVERIFY(make);
    m_page->setNewAccess(Access::no(QStringLiteral("The cluster is archived.")));
    QVERIFY(!make->isEnabled());
    QCOMPARE(make->toolTip(), QStringLiteral("The cluster is archived."));
    m_page->setNewAccess(Access::yes());
    QVERIFY(make->isEnabled());
    QVERIFY(make->toolTip().startsWith(QStringLiteral("New")));
}

void ListPageTest::tellsLongNamesApart_data()
{
    QTest::addColumn<bool>("isMarked");
    QTest::newRow("well") << false;
    QTest::newRow("with a mark") << true;
}

void ListPageTest::tellsLongNamesApart()
{
    QFETCH(bool, isMarked);
    QList<Stream> made = streams(2);
    for (Stream &each : made) {
        each.id.name.prepend(QStringLiteral("warehouse-north-7-conveyor-belt-telemetry-of-line-"));
        each.isOffline = isMarked;
    }
    m_model.setRows(made);
    m_page->showTable();
    show(784);
    const TableView *table = m_page->table();
    const auto shownName = [this, table](int row) {
        const QModelIndex index = m_model.index(row, StreamTableModel::NameColumn);
        return table->viewport()->grab(table->visualRect(index)).toImage();
    };
    QVERIFY(shownName(0) != shownName(1));
}

void ListPageTest::leavesRoomForTheCount()
{
    m_page->setCount(QStringLiteral("1,500 consumers · 1,207,354 pending"));
    show(740);
    const auto *count = m_page->findChild<ElidingLabel *>(QStringLiteral("streamCountLabel"));
    QVERIFY(!count->isElided());
}

void ListPageTest::givesNamesTheSpareWidth()
{
    m_page->setColumns(StreamTableModel::SubjectsColumn, 130, {}, {StreamTableModel::NameColumn});
    QList<Stream> named = streams(3);
    for (Stream &each : named)
        each.id.name.prepend(QStringLiteral("team-payments-production-eu-central-1-"));
    m_model.setRows(named);
    show(1700);
    const auto width = [this] { return m_page->table()->columnWidth(StreamTableModel::NameColumn); };
    const QAbstractItemView *rows = m_page->table();
    QVERIFY(width() >= rows->sizeHintForColumn(StreamTableModel::NameColumn));
    const int whole = width();
    m_page->resize(700, 600);
    QVERIFY(width() < whole);
    m_page->resize(1700, 600);
    QCOMPARE(width(), whole);
}

void ListPageTest::remembersWhatAPersonSized()
{
    constexpr int sized = StreamTableModel::NameColumn;
    constexpr int unsized = StreamTableModel::AccountColumn;
    const auto width = [this](int column) { return m_page->table()->columnWidth(column); };
    m_model.setRows(streams(3));
    show(1500);
    const int fitted = width(unsized);
    m_page->table()->horizontalHeader()->resizeSection(sized, 333);

    open();
    m_model.setRows({stream(1, "an-account-with-a-longer-name")});
    show(1500);
    QCOMPARE(width(sized), 333);
    QVERIFY(width(unsized) > fitted);
    m_model.setRows(streams(5));
    m_page->resize(1400, 600);
    QCOMPARE(width(sized), 333);
}

void ListPageTest::remembersWhatAPersonSortedBy()
{
    const auto order = [this] {
        const QHeaderView *header = m_page->table()->horizontalHeader();
        return std::pair(header->sortIndicatorSection(), header->sortIndicatorOrder());
    };
    m_page->table()->sortByAtFirst(StreamTableModel::NameColumn);
    QCOMPARE(order(), std::pair(int(StreamTableModel::NameColumn), Qt::AscendingOrder));
    m_page->table()->sortByColumn(StreamTableModel::MessagesColumn, Qt::DescendingOrder);

    open();
    m_page->table()->sortByAtFirst(StreamTableModel::NameColumn);
    QCOMPARE(order(), std::pair(int(StreamTableModel::MessagesColumn), Qt::DescendingOrder));
    Stream full = stream(2);
    full.messages = 7;
    m_model.setRows({stream(1), full});
    QCOMPARE(m_model.rowAt(0).id, full.id);
}

void ListPageTest::hidesColumnsThatGiveWay()
{
    m_model.setRows(streams(3));
    show(1500);
    QVERIFY(!m_page->table()->isColumnHidden(StreamTableModel::StateColumn));
    m_page->resize(700, 600);
    QTRY_VERIFY(m_page->table()->isColumnHidden(StreamTableModel::StateColumn));
    m_page->resize(1500, 600);
    QTRY_VERIFY(!m_page->table()->isColumnHidden(StreamTableModel::StateColumn));
}

void ListPageTest::putsThePanelInPlaceOfANarrowList()
{
    m_model.setRows(streams(3));
    show(1400);
    m_page->activateWindow();
    m_page->table()->setFocus();
    m_page->showPanel(m_panel);
    QVERIFY(!m_page->isPanelOver());
    m_page->resize(800, 600);
    QTRY_VERIFY(m_page->isPanelOver());
    QVERIFY(m_panel->isVisible());
    QVERIFY(!m_page->table()->isVisible());
    QCOMPARE(m_panel->geometry(), m_panel->parentWidget()->rect());
    QTRY_VERIFY(m_panel->hasFocus());
    m_page->showPanel(nullptr);
    QVERIFY(!m_panel->isVisible());
    QVERIFY(m_page->table()->isVisible());
}

void ListPageTest::makesRoomForTheTableBesideAWidePanel()
{
    show(932);
    m_page->showPanel(m_panel);
    QVERIFY(!m_page->isPanelOver());
    const QRect table = m_page->table()->rect();
    const QPoint end = m_page->table()->mapTo(m_panel->parentWidget(), table.topRight());
    QVERIFY(end.x() < m_panel->x());
    QVERIFY(table.width() >= 550);
}

void ListPageTest::arrangesAnewWhenThePanelNeedsLessRoom()
{
    m_model.setRows(streams(3));
    m_page->showTable();
    show(1000);
    m_panel->setMinimumWidth(600);
    m_page->showPanel(m_panel);
    QVERIFY(m_page->isPanelOver());
    m_panel->setMinimumWidth(300);
    QTRY_VERIFY(m_page->table()->isVisible());
    QVERIFY(!m_page->isPanelOver());
    m_panel->setMinimumWidth(600);
    QTRY_VERIFY(!m_page->table()->isVisible());
    QCOMPARE(m_panel->geometry(), m_panel->parentWidget()->rect());
}

void ListPageTest::givesTheKeyboardToWhatStandsThere()
{
    auto *action = m_page->findChild<QPushButton *>(QStringLiteral("streamEmptyButton"));
    show(1200);
    m_page->activateWindow();
    m_page->showEmpty(Icons::Name::Stream, QStringLiteral("Nothing"), {}, QStringLiteral("Begin"));
    m_page->setFocus();
    QTRY_VERIFY(action->hasFocus());
    m_model.setRows(streams(3));
    m_page->showTable();
    QTRY_VERIFY(m_page->table()->hasFocus());
    m_page->showEmpty(
        Icons::Name::Stream, QStringLiteral("Nothing"), {}, QStringLiteral("Begin"), QStringLiteral("Not now."));
    QTRY_VERIFY(m_page->filterBox()->hasFocus());
}

void ListPageTest::keepsTheKeyboardWhenTheLastRowGoes()
{
    m_model.setRows(streams(1));
    m_page->showTable();
    show(1200);
    m_page->activateWindow();
    m_page->setFocus();
    QTRY_VERIFY(m_page->table()->hasFocus());
    m_model.setRows({});
    m_page->showEmpty(Icons::Name::Stream, QStringLiteral("Nothing"), {}, QStringLiteral("Begin"));
    QTRY_VERIFY(m_page->findChild<QPushButton *>(QStringLiteral("streamEmptyButton"))->hasFocus());
}

void ListPageTest::formatsFewRowsOfVeryMany()
{
    CountingModel model;
    ListPage page({QStringLiteral("Filter"), QStringLiteral("New"), QStringLiteral("counted")}, &model);
    page.setColumns(1, 130, {});
    page.resize(1200, 600);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    for (int snapshot = 0; snapshot < 3; ++snapshot) {
        model.formatted.clear();
        QList<Stream> next = streams(10'000);
        for (Stream &changed : next)
            changed.messages = quint64(snapshot);
        model.setRows(next);
        QTest::qWait(50);
        QVERIFY(!model.formatted.isEmpty());
        QVERIFY2(model.formatted.size() < 100, qPrintable(QString::number(model.formatted.size())));
    }
}

QTEST_MAIN(ListPageTest)
#include "tst_listpage.moc"
