// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clusterlistpanel.h"

#include <QLineEdit>
#include <QListView>
#include <QProxyStyle>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace {

ClusterEntry entry(const QString &name, bool archived = false)
{
    ClusterEntry entry;
    entry.id = entry.name = name;
    entry.source = u"config"_qs;
    entry.archived = archived;
    return entry;
}

/// Of desktops on which one click opens.
class SingleClickStyle final : public QProxyStyle {
public:
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const final
    {
        return hint == SH_ItemView_ActivateItemOnSingleClick ? 1 : QProxyStyle::styleHint(hint, option, widget, data);
    }
};

} // namespace

/// The list on the left under the hands of somebody, while what it shows changes.
class ClusterListPanelTest final : public QObject {
    Q_OBJECT

private:
    QListView *list() const { return m_panel->findChild<QListView *>(u"clusterList"_qs); }
    QString current() const { return list()->currentIndex().data().toString(); }
    int rows() const { return list()->model()->rowCount(); }

    std::unique_ptr<ClusterListPanel> m_panel;
    QList<ClusterEntry> m_entries;

private Q_SLOTS:
    void init();
    void cleanup() { m_panel.reset(); }
    void keepsTheRowOfTheKeyboard();
    void goesToTheOneInSightWhereTheRowGoes();
    void followsARowThatMoves();
    void keepsTheMarkWhereNothingIsChosen();
    void foldsOnceByAClick_data();
    void foldsOnceByAClick();
    void foldsByKey_data();
    void foldsByKey();
};

void ClusterListPanelTest::init()
{
    m_panel = std::make_unique<ClusterListPanel>();
    m_entries = {entry(u"prod"_qs), entry(u"staging"_qs), entry(u"test"_qs), entry(u"old"_qs, true)};
    m_panel->setEntries(m_entries);
    m_panel->setCurrent(u"prod"_qs);
    m_panel->resize(240, 400);
    m_panel->show();
}

void ClusterListPanelTest::keepsTheRowOfTheKeyboard()
{
    QTest::keyClick(list(), Qt::Key_Down);
    QCOMPARE(current(), u"staging"_qs);
    m_entries[2].state = ClusterEntry::State::Offline;
    m_panel->setEntries(m_entries);
    QCOMPARE(current(), u"staging"_qs);
    m_entries.prepend(entry(u"first"_qs));
    m_panel->setEntries(m_entries);
    QCOMPARE(current(), u"staging"_qs);
    m_panel->setCurrent(u"test"_qs);
    QCOMPARE(current(), u"test"_qs);
}

void ClusterListPanelTest::goesToTheOneInSightWhereTheRowGoes()
{
    QTest::keyClick(list(), Qt::Key_Down);
    m_entries.removeAt(1);
    m_panel->setEntries(m_entries);
    QCOMPARE(current(), u"prod"_qs);
    auto *filter = m_panel->findChild<QLineEdit *>(u"clusterFilterEdit"_qs);
    filter->setText(u"test"_qs);
    QCOMPARE(current(), QString());
    filter->clear();
    QCOMPARE(current(), u"prod"_qs);
}

void ClusterListPanelTest::followsARowThatMoves()
{
    QTest::keyClick(list(), Qt::Key_Down);
    m_entries[1].state = ClusterEntry::State::Online;
    m_entries[1].archived = true;
    m_panel->setEntries(m_entries);
    QCOMPARE(current(), u"staging"_qs);
}

void ClusterListPanelTest::keepsTheMarkWhereNothingIsChosen()
{
    const QModelIndex heading = list()->model()->index(0, 0);
    QVERIFY(heading.data(ClusterListModel::IsHeadingRole).toBool());
    for (const QPoint place :
        {list()->visualRect(heading).center(), list()->viewport()->rect().bottomLeft() + QPoint(9, -9)}) {
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(current(), u"prod"_qs);
        QVERIFY(list()->selectionModel()->hasSelection());
    }
}

void ClusterListPanelTest::foldsOnceByAClick_data()
{
    QTest::addColumn<bool>("isSingle");
    QTest::newRow("where a double click opens") << false;
    QTest::newRow("where one click opens") << true;
}

void ClusterListPanelTest::foldsOnceByAClick()
{
    QFETCH(const bool, isSingle);
    SingleClickStyle style;
    if (isSingle)
        list()->setStyle(&style);
    const int folded = rows();
    const QPoint fold = list()->visualRect(list()->model()->index(folded - 1, 0)).center();
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, fold);
    if (!isSingle) {
        QTest::mouseDClick(list()->viewport(), Qt::LeftButton, {}, fold);
        QTest::mouseRelease(list()->viewport(), Qt::LeftButton, {}, fold);
    }
    QCOMPARE(rows(), folded + 1);
    cleanup();
}

void ClusterListPanelTest::foldsByKey_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::newRow("Return") << Qt::Key_Return;
    QTest::newRow("Enter") << Qt::Key_Enter;
    QTest::newRow("Space") << Qt::Key_Space;
}

void ClusterListPanelTest::foldsByKey()
{
    QFETCH(const Qt::Key, key);
    const int folded = rows();
    list()->setCurrentIndex(list()->model()->index(folded - 1, 0));
    QTest::keyClick(list(), key);
    QCOMPARE(rows(), folded + 1);
    QTest::keyClick(list(), key);
    QCOMPARE(rows(), folded);
    QSignalSpy chosen(m_panel.get(), &ClusterListPanel::clusterChosen);
    list()->setCurrentIndex(list()->model()->index(folded - 2, 0));
    QTest::keyClick(list(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), u"test"_qs);
}

QTEST_MAIN(ClusterListPanelTest)
#include "tst_clusterlistpanel.moc"
