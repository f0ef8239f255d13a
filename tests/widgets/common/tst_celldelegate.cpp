// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/celldelegate.h"

#include "models/cellroles.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/statusbadge.h"
#include "widgets/common/tag.h"

#include <QHelpEvent>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QTextDocument>
#include <QToolTip>

/// A cell that has no room for its text says the whole on hover.
class CellDelegateTest final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void saysTheWholeOfWhatIsCut();
    void saysNothingTwice();
    void takesNothingForMarkup();
    void leavesRoomForATag();
    void leavesRoomForABadgeAndAMeter();

private:
    QString helpAt(int width);

    QTableView m_table;
    QStandardItemModel m_model;
    QStandardItem *m_cell = nullptr;
    const QString m_name = QStringLiteral("billing-worker-eu-central-1");
};

void CellDelegateTest::init()
{
    m_model.clear();
    m_cell = new QStandardItem(m_name);
    m_model.appendRow(m_cell);
    m_table.setModel(&m_model);
    m_table.setItemDelegate(new CellDelegate(&m_table));
    m_table.show();
}

QString CellDelegateTest::helpAt(int width)
{
    QStyleOptionViewItem option;
    option.rect = QRect(0, 0, width, 30);
    QHelpEvent event(QEvent::ToolTip, QPoint(5, 5), m_table.mapToGlobal(QPoint(5, 5)));
    qobject_cast<CellDelegate *>(m_table.itemDelegate())->helpEvent(&event, &m_table, option, m_cell->index());
    return QToolTip::text();
}

void CellDelegateTest::saysTheWholeOfWhatIsCut()
{
    QCOMPARE(helpAt(60), m_name);
    helpAt(600);
    QTRY_COMPARE(QToolTip::text(), QString()); // it goes a moment later
    m_cell->setToolTip(QStringLiteral("Nobody pulls"));
    QCOMPARE(helpAt(60), m_name + QStringLiteral("\nNobody pulls"));
    QCOMPARE(helpAt(600), QStringLiteral("Nobody pulls"));
}

void CellDelegateTest::saysNothingTwice()
{
    m_cell->setToolTip(m_name);
    QCOMPARE(helpAt(60), m_name);
}

/// What publishers write into headers and subjects comes to stand here.
void CellDelegateTest::takesNothingForMarkup()
{
    const QString evil = QStringLiteral("X: <img src=\"//host/x\"> & <b>y</b>");
    m_cell->setToolTip(evil);
    helpAt(600);
    QVERIFY2(!QToolTip::text().contains(QLatin1String("<img")), qPrintable(QToolTip::text()));
    QVERIFY2(QToolTip::text().contains(QLatin1String("&lt;img")), qPrintable(QToolTip::text()));
    QTextDocument shown;
    shown.setHtml(QToolTip::text());
    QCOMPARE(shown.toPlainText(), evil);
    m_cell->setText(evil);
    helpAt(20);
    QVERIFY2(!QToolTip::text().contains(QLatin1String("<img")), qPrintable(QToolTip::text()));
    QCOMPARE(plainToolTip(QString(100'000, QLatin1Char('x'))).size(), 2001);
    QCOMPARE(plainToolTip(QStringLiteral("a\n").repeated(1000)).count(QLatin1Char('\n')), 29);
    QCOMPARE(plainToolTip(QStringLiteral("a < b\nc")), QStringLiteral("a < b\nc"));
}

void CellDelegateTest::leavesRoomForATag()
{
    const auto wanted = [this] { return m_table.itemDelegate()->sizeHint({}, m_cell->index()).width(); };
    const int before = wanted();
    m_cell->setData(QStringLiteral("NACK"), CellTagRole);
    QVERIFY(wanted() >= before + Tag::size(QStringLiteral("NACK")).width());
    // what is not whole any more is told
    QCOMPARE(helpAt(before), m_name);
    helpAt(wanted());
    QTRY_COMPARE(QToolTip::text(), QString());
}

void CellDelegateTest::leavesRoomForABadgeAndAMeter()
{
    const auto wanted = [this] { return m_table.itemDelegate()->sizeHint({}, m_cell->index()).width(); };
    const int before = wanted();
    m_cell->setData(0.5, CellMeterRole);
    QVERIFY(wanted() >= before + 48);
    m_cell->setData(QVariant(), CellMeterRole);
    m_cell->setData(true, CellBadgeRole);
    const QSize badge = StatusBadge::size(m_name, StatusBadge::usualShape(Tone::Neutral));
    QVERIFY(wanted() > badge.width());
    QCOMPARE(helpAt(badge.width() / 2), m_name);
}

QTEST_MAIN(CellDelegateTest)
#include "tst_celldelegate.moc"
