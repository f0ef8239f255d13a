// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pagefocus.h"

#include <QDialog>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTest>
#include <QVBoxLayout>

namespace {

/// A page whose keyboard belongs to the second edit, which stands in a widget that takes none itself.
class Page final : public QWidget {
public:
    Page()
        : filter(new QLineEdit(this))
        , list(new QWidget(this))
        , rows(new QLineEdit(list))
    {
        auto *layout = new QVBoxLayout(this);
        layout->addWidget(filter);
        layout->addWidget(list);
        list->setFocusProxy(rows);
        setFocusProxy(list);
    }

    QLineEdit *filter;
    QWidget *list;
    QLineEdit *rows;
};

} // namespace

class TestPageFocus final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void givesTheKeyboardToWhatStandsForThePage();
    void goesOnWhereThePersonWasWhereNothingStandsForThePage();
    void keepsTheKeyboardInThePage();
    void givesTheKeyboardToNothingThatDestroys();
    void givesTheKeyboardBackAfterADialog();

private:
    std::unique_ptr<QWidget> m_window;
    QStackedWidget *m_stack = nullptr;
    Page *m_first = nullptr;
    Page *m_second = nullptr;
    PageFocus *m_focus = nullptr;
};

void TestPageFocus::init()
{
    m_window = std::make_unique<QWidget>();
    m_stack = new QStackedWidget;
    auto *layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_stack);
    layout->addWidget(new QLineEdit); // which Qt finds next
    m_first = new Page;
    m_second = new Page;
    m_stack->addWidget(m_first);
    m_stack->addWidget(m_second);
    m_focus = new PageFocus(m_stack);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestPageFocus::givesTheKeyboardToWhatStandsForThePage()
{
    m_stack->setCurrentWidget(m_second);
    m_focus->enter();
    QVERIFY(m_second->rows->hasFocus());
}

void TestPageFocus::goesOnWhereThePersonWasWhereNothingStandsForThePage()
{
    m_first->setFocusProxy(nullptr);
    m_first->rows->setFocus();
    m_stack->setCurrentWidget(m_second);
    m_focus->enter();
    m_stack->setCurrentWidget(m_first);
    m_focus->enter();
    QVERIFY(m_first->rows->hasFocus());
}

void TestPageFocus::keepsTheKeyboardInThePage()
{
    m_first->filter->setFocus();
    m_first->filter->setEnabled(false);
    QVERIFY(m_first->rows->hasFocus());
}

void TestPageFocus::givesTheKeyboardToNothingThatDestroys()
{
    m_first->setFocusProxy(nullptr);
    m_first->rows->setProperty("danger", true);
    auto *last = new QLineEdit;
    m_first->layout()->addWidget(last);
    last->show();
    m_first->filter->setFocus();
    m_first->filter->setEnabled(false);
    QVERIFY(last->hasFocus());
    // where nothing else is left
    last->setEnabled(false);
    QVERIFY(!m_first->rows->hasFocus());
    // whoever goes there by key gets there
    m_first->filter->setEnabled(true);
    m_first->filter->setFocus();
    QTest::keyClick(m_first->filter, Qt::Key_Tab);
    QVERIFY(m_first->rows->hasFocus());
}

void TestPageFocus::givesTheKeyboardBackAfterADialog()
{
    m_first->filter->setFocus();
    auto dialog = std::make_unique<QDialog>(m_window.get());
    auto *answer = new QLineEdit(dialog.get());
    dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    QTRY_VERIFY(answer->hasFocus());
    m_first->rows->setEnabled(false);
    m_first->filter->setEnabled(false);
    m_first->rows->setEnabled(true);
    QVERIFY(m_window->focusWidget() && !m_first->isAncestorOf(m_window->focusWidget()));
    dialog.reset();
    m_window->activateWindow(); // offscreen nobody does
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTRY_VERIFY(m_first->rows->hasFocus());
}

QTEST_MAIN(TestPageFocus)
#include "tst_pagefocus.moc"
