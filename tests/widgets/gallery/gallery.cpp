// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/gallery.h"

#include "tests/widgets/gallery/pieces.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/icons.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QMenu>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolTip>

using namespace Pieces;

Gallery::Gallery()
    : m_tabs(new QTabBar)
    , m_pages(new QStackedWidget)
{
    setWindowTitle(text("Pennant: pieces"));
    const char *const names[] = {"Overview", "Steps", "Form", "Table"};
    for (const char *name : names)
        m_tabs->addTab(text(name));
    m_tabs->setTabData(3, text("128"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(true);
    m_pages->addWidget(overviewPage());
    m_pages->addWidget(stepsPage());
    m_pages->addWidget(formPage());
    m_pages->addWidget(tablePage());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_pages);
    layout->addWidget(scroll, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
}

void Gallery::showPage(int index)
{
    m_tabs->setCurrentIndex(index);
}

void Gallery::moveFocus(int times)
{
    setAttribute(Qt::WA_KeyboardFocusChange, times > 0);
    for (int i = 0; i < times; ++i)
        focusNextChild();
}

void Gallery::open(const QString &what)
{
    if (what == text("confirm")) {
        auto *dialog = new ConfirmByTyping(
            {text("Disable NATS"),
                text("The runtime and all that it holds is removed from prod-eu-1. It can’t be undone."),
                {text("4 accounts and their credentials"), text("128 streams with 212,904,118 messages"),
                    text("341 consumers")},
                text("prod-eu-1"), text("Disable NATS")},
            this);
        dialog->open();
    } else if (what == text("menu")) {
        auto *menu = new QMenu(this);
        menu->addAction(Icons::icon(Icons::Name::Edit), text("Edit…"), QKeySequence(Qt::Key_F2));
        menu->addAction(text("Clone…"));
        auto *follow = menu->addAction(text("Follow"));
        follow->setCheckable(true);
        follow->setChecked(true);
        menu->addSeparator();
        menu->addMenu(text("Copy as"))->addAction(text("JSON"));
        menu->addAction(text("Seal…"))->setEnabled(false);
        menu->addAction(Icons::icon(Icons::Name::Trash, Look::Bad), text("Delete…"), QKeySequence::Delete);
        menu->popup(mapToGlobal(QPoint(200, 200)));
        menu->setActiveAction(menu->actions().first());
    } else if (what == text("combo")) {
        m_pages->currentWidget()->findChild<QComboBox *>()->showPopup();
    } else if (what == text("tip")) {
        QToolTip::showText(mapToGlobal(QPoint(200, 200)), text("You may only read this cluster."), this);
    }
}
