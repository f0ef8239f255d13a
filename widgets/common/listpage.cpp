// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/listpage.h"

#include "models/celltext.h"
#include "models/keyedtablemodel.h"
#include "services/base/freshness.h"
#include "widgets/common/banner.h"
#include "widgets/common/card.h"
#include "widgets/common/columnwidths.h"
#include "widgets/common/copyrolebutton.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/filterbox.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/momenttext.h"
#include "widgets/common/painting.h"
#include "widgets/common/panelsplit.h"
#include "widgets/common/tableview.h"
#include "widgets/common/words.h"

#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedLayout>

#include <algorithm>

namespace {
constexpr int menuButtonWidth = 32;
} // namespace

ListPage::ListPage(const Words &words, KeyedTableModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_banner(new Banner(this))
    , m_message(new InlineMessage(this))
    , m_filter(new FilterBox(words.filter, this))
    , m_account(new QComboBox(this))
    , m_count(new ElidingLabel({}, this))
    , m_copyRole(new CopyRoleButton(this))
    , m_new(new QPushButton(words.newButton, this))
    , m_newMenu(new QPushButton(this))
    , m_table(new TableView(this))
    , m_empty(new EmptyState(this))
    , m_stack(new QStackedLayout)
{
    auto *card = new Card({}, this);
    card->setBodyFlush(true);
    card->layout()->setContentsMargins(0, 1, 0, 0);
    card->body()->addLayout(m_stack);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_panels = new PanelSplit(card, QStringLiteral("%1/panelWidth").arg(words.stem), this);

    const auto named = [&words](const char *rest) { return words.stem + QLatin1String(rest); };
    m_filter->setObjectName(named("FilterEdit"));
    m_account->setObjectName(named("AccountFilterCombo"));
    m_count->setObjectName(named("CountLabel"));
    m_table->setObjectName(named("Table"));
    m_empty->setObjectName(named("Empty"));
    m_empty->actionButton()->setObjectName(named("EmptyButton"));
    m_banner->setObjectName(named("Banner"));
    m_message->setObjectName(named("Message"));
    m_new->setObjectName(QStringLiteral("new%1Button").arg(capitalized(words.stem)));
    m_newMenu->setObjectName(QStringLiteral("new%1MenuButton").arg(capitalized(words.stem)));
    m_newMenu->setAccessibleName(tr("Other ways to make one"));
    m_newMenu->setFixedWidth(menuButtonWidth);
    m_newMenu->hide();
    m_account->setVisible(words.hasAccountFilter);
    layOut();
    connectTable();
    m_table->setSettingsKey(QStringLiteral("%1/columns").arg(words.stem));
    m_widths = new ColumnWidths(m_table, QStringLiteral("%1/sizedColumns").arg(words.stem));
    connect(m_model, &KeyedTableModel::contentChanged, m_widths, &ColumnWidths::fit);
}

void ListPage::layOut()
{
    m_filter->setShortcut(QKeySequence::Find);
    m_filter->setRows(m_table);
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(280);
    m_account->addItem(tr("All accounts"), QString());
    m_account->setAccessibleName(tr("Account"));
    m_account->setMinimumWidth(150);
    m_account->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setTextRole(m_count, Look::SoftText);
    m_new->setProperty("primary", true);
    m_new->setToolTip(QStringLiteral("%1 (%2)").arg(
        m_new->text(), QKeySequence(QKeySequence::New).toString(QKeySequence::NativeText)));
    m_message->setClosable(true);
    m_message->hide();

    auto *bar = new QHBoxLayout;
    bar->setSpacing(Look::spaceS);
    bar->addWidget(m_filter, 3);
    bar->addWidget(m_account);
    bar->addSpacing(Look::spaceXs);
    bar->addWidget(m_count);
    bar->addStretch(1);
    bar->addWidget(m_copyRole);
    bar->addWidget(m_new);
    bar->addWidget(m_newMenu);
    auto *page = new QVBoxLayout;
    page->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, Look::pageMargin);
    page->setSpacing(Look::cardGap);
    page->addLayout(bar);
    page->addWidget(m_message);
    page->addWidget(m_panels, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addLayout(page, 1);

    connect(m_filter, &QLineEdit::textChanged, m_model, &KeyedTableModel::setFilterText);
    connect(m_account, &QComboBox::currentIndexChanged, this,
        [this] { m_model->setAccount(m_account->currentData().toString()); });
    connect(m_new, &QPushButton::clicked, this, &ListPage::newRequested);
    connect(m_empty, &EmptyState::actionTriggered, this, &ListPage::emptyActionTriggered);
    connect(m_message, &InlineMessage::closed, m_message, &QWidget::hide);
}

void ListPage::connectTable()
{
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setModel(m_model);
    connect(m_panels, &PanelSplit::arranged, this, &ListPage::renewFocusProxy);
    connect(m_table, &QAbstractItemView::activated, this, &ListPage::openRequested);
    connect(m_table, &QAbstractItemView::clicked, this, &ListPage::openRequested);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ListPage::selectionChanged);
    auto *make = new QShortcut(QKeySequence::New, this);
    connect(make, &QShortcut::activated, m_new, &QPushButton::click);
    auto *remove = new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, [this] {
        if (const QModelIndex row = m_table->selectedRow(); row.isValid())
            emit deleteRequested(row);
    });
}

void ListPage::setColumns(int stretch, int leastWidth, const QList<int> &givingWay, const QList<int> &names)
{
    m_table->setStretchColumn(stretch);
    m_widths->setColumns({stretch, leastWidth, givingWay, names});
}

void ListPage::setAccounts(const QStringList &accounts)
{
    const QString chosen = m_account->currentData().toString();
    const QSignalBlocker quiet(m_account);
    while (m_account->count() > 1)
        m_account->removeItem(1);
    for (const QString &account : inOrder(accounts))
        m_account->addItem(account, account);
    m_account->setCurrentIndex(std::max(0, m_account->findData(chosen)));
    m_model->setAccount(m_account->currentData().toString());
}

QPushButton *ListPage::emptyButton() const
{
    return m_empty->actionButton();
}

void ListPage::setCount(const QString &text)
{
    m_count->setText(text);
}

void ListPage::setNewAccess(const Access &access, const QString &grant)
{
    setAccess(m_new, access);
    m_copyRole->setGrant(grant, access.reason);
}

void ListPage::setFreshness(const Freshness &freshness)
{
    if (freshness.state != Freshness::State::Stale) {
        m_banner->setMessage(Tone::Warning, {});
        return;
    }
    m_banner->setMessage(Tone::Warning,
        tr("What you see is as it was at %1. Since then: %2").arg(momentText(freshness.since), freshness.why));
}

void ListPage::setNewMenu(std::function<void(QMenu *)> fill)
{
    auto *menu = new QMenu(m_newMenu);
    connect(menu, &QMenu::aboutToShow, this, [menu, fill = std::move(fill)] { fill(menu); });
    m_newMenu->setMenu(menu);
    m_newMenu->setToolTip(m_newMenu->accessibleName());
    m_newMenu->show();
}

void ListPage::clearFilters()
{
    m_filter->clear();
    m_account->setCurrentIndex(0);
}

void ListPage::showEmpty(
    Icons::Name icon, const QString &title, const QString &text, const QString &action, const QString &reason)
{
    m_empty->setContent(icon, title, text);
    m_empty->setAction(action);
    m_empty->setActionReason(reason);
    showInStack(m_empty);
}

void ListPage::showTable()
{
    showInStack(m_table);
}

/// The keyboard stays in the list, whatever stands there.
void ListPage::showInStack(QWidget *widget)
{
    const QWidget *focus = QApplication::focusWidget();
    const QWidget *before = m_stack->currentWidget();
    const bool hadFocus = focus && (before == focus || before->isAncestorOf(focus));
    m_stack->setCurrentWidget(widget);
    renewFocusProxy();
    if (hadFocus)
        setFocus(Qt::OtherFocusReason);
}

void ListPage::renewFocusProxy()
{
    if (isPanelOver())
        setFocusProxy(panel());
    else if (m_stack->currentWidget() == m_table)
        setFocusProxy(m_table);
    else if (const QPushButton *action = m_empty->actionButton(); action->isEnabled() && !action->isHidden())
        setFocusProxy(m_empty);
    else
        setFocusProxy(m_filter);
}

void ListPage::addPanel(QWidget *panel)
{
    m_panels->addPanel(panel);
}

void ListPage::showPanel(QWidget *panel)
{
    m_panels->showPanel(panel);
    renewFocusProxy();
}

QWidget *ListPage::panel() const
{
    return m_panels->panel();
}

bool ListPage::isPanelOver() const
{
    return m_panels->isOver();
}

std::pair<int, int> ListPage::visibleRows() const
{
    const int first = m_table->rowAt(0);
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    return {first, first >= 0 && last < 0 ? m_model->rowCount() - 1 : last};
}

void ListPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_panels->panel())
        emit panelCloseRequested();
    else
        QWidget::keyPressEvent(event);
}
