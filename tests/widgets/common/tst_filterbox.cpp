// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/filterbox.h"

#include <QListView>
#include <QStandardItemModel>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

/// From a filter the keyboard leads to the rows that it narrows, and back.
class FilterBoxTest final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void leadsToTheFirstRow_data();
    void leadsToTheFirstRow();
    void leadsBackFromTheFirstRowOnly();
    void staysWhereThereAreNoRows_data();
    void staysWhereThereAreNoRows();
    void escapeClears();
    void limitsWhatIsTyped();

private:
    std::unique_ptr<QWidget> m_window;
    QStandardItemModel m_model;
    FilterBox *m_filter = nullptr;
    QListView *m_rows = nullptr;
};

/// A heading, which can't be selected, and three rows.
void FilterBoxTest::init()
{
    m_window = std::make_unique<QWidget>();
    m_filter = new FilterBox(QStringLiteral("Filter"));
    m_rows = new QListView;
    m_model.clear();
    for (const QString &text : {QStringLiteral("Heading"), QStringLiteral("a"), QStringLiteral("b")})
        m_model.appendRow(new QStandardItem(text));
    m_model.item(0)->setSelectable(false);
    m_rows->setModel(&m_model);
    m_filter->setRows(m_rows);
    auto *layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_filter);
    layout->addWidget(m_rows);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_filter->setFocus();
    QTRY_VERIFY(m_filter->hasFocus());
}

void FilterBoxTest::leadsToTheFirstRow_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::newRow("Down") << Qt::Key_Down;
    QTest::newRow("Return") << Qt::Key_Return;
    QTest::newRow("Enter") << Qt::Key_Enter;
}

void FilterBoxTest::leadsToTheFirstRow()
{
    QFETCH(Qt::Key, key);
    m_rows->setCurrentIndex(m_model.index(2, 0));
    QTest::keyClick(m_filter, key);
    QTRY_VERIFY(m_rows->hasFocus());
    QCOMPARE(m_rows->currentIndex().row(), 1);
}

void FilterBoxTest::leadsBackFromTheFirstRowOnly()
{
    QTest::keyClick(m_filter, Qt::Key_Down);
    QTest::keyClick(m_rows, Qt::Key_Down);
    QCOMPARE(m_rows->currentIndex().row(), 2);
    QTest::keyClick(m_rows, Qt::Key_Up);
    QVERIFY(m_rows->hasFocus());
    QCOMPARE(m_rows->currentIndex().row(), 1);
    QTest::keyClick(m_rows, Qt::Key_Up);
    QTRY_VERIFY(m_filter->hasFocus());
}

void FilterBoxTest::staysWhereThereAreNoRows_data()
{
    QTest::addColumn<bool>("isEmpty");
    QTest::newRow("none") << true;
    QTest::newRow("something else in their place") << false;
}

void FilterBoxTest::staysWhereThereAreNoRows()
{
    QFETCH(bool, isEmpty);
    if (isEmpty)
        m_model.clear();
    else
        m_rows->hide();
    QTest::keyClick(m_filter, Qt::Key_Down);
    QVERIFY(m_filter->hasFocus());
}

void FilterBoxTest::escapeClears()
{
    QTest::keyClicks(m_filter, QStringLiteral("orders"));
    QTest::keyClick(m_filter, Qt::Key_Escape);
    QCOMPARE(m_filter->text(), QString());
}

void FilterBoxTest::limitsWhatIsTyped()
{
    QVERIFY(m_filter->maxLength() < QLineEdit().maxLength());
}

QTEST_MAIN(FilterBoxTest)
#include "tst_filterbox.moc"
