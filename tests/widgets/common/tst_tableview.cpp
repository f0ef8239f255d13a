// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tableview.h"

#include "widgets/common/look.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QSettings>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>

/// A table can be copied from and remembers its columns.
class TableViewTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();

    void rowsHaveOneHeight();
    void copiesRowsInTheOrderOfTheColumns();
    void remembersColumnWidths();

private:
    static QStandardItemModel *model(QObject *parent);
    QTemporaryDir m_settings;
};

void TableViewTest::initTestCase()
{
    Look::install(*qApp, Look::Scheme::Light);
    QCoreApplication::setOrganizationName(QStringLiteral("pennant-test"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
}

QStandardItemModel *TableViewTest::model(QObject *parent)
{
    auto *made = new QStandardItemModel(parent);
    made->setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Messages")});
    made->appendRow({new QStandardItem(QStringLiteral("ORDERS")), new QStandardItem(QStringLiteral("12"))});
    made->appendRow({new QStandardItem(QStringLiteral("AUDIT")), new QStandardItem(QStringLiteral("0"))});
    return made;
}

void TableViewTest::rowsHaveOneHeight()
{
    TableView table;
    table.setModel(model(&table));
    table.show();
    QCOMPARE(table.rowHeight(0), Look::rowHeight);
    QCOMPARE(table.rowHeight(1), Look::rowHeight);
    QCOMPARE(table.horizontalHeader()->height(), Look::headerHeight);
}

void TableViewTest::copiesRowsInTheOrderOfTheColumns()
{
    TableView table;
    table.setModel(model(&table));
    table.selectAll();
    table.horizontalHeader()->moveSection(1, 0);
    table.setFocus();
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("12\tORDERS\n0\tAUDIT"));
}

void TableViewTest::remembersColumnWidths()
{
    {
        TableView table;
        table.setModel(model(&table));
        table.setSettingsKey(QStringLiteral("test/columns"));
        table.setColumnWidth(0, 333);
    }
    TableView table;
    table.setModel(model(&table));
    table.setSettingsKey(QStringLiteral("test/columns"));
    QCOMPARE(table.columnWidth(0), 333);
}

QTEST_MAIN(TableViewTest)
#include "tst_tableview.moc"
