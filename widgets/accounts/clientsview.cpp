// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/clientsview.h"

#include "models/celltext.h"
#include "widgets/accounts/clientdelegate.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/filterbox.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/painting.h"
#include "widgets/common/tableview.h"

#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>

ClientsView::ClientsView(QWidget *parent)
    : QWidget(parent)
    , m_filter(new FilterBox(tr("Filter clients"), this))
    , m_count(new QLabel(this))
    , m_problem(new InlineMessage(this))
    , m_table(new TableView(this))
    , m_empty(new EmptyState(this))
    , m_stack(new QStackedLayout)
    , m_kick(new QPushButton(tr("Kick…"), this))
{
    m_filter->setObjectName(QStringLiteral("clientFilterEdit"));
    m_count->setObjectName(QStringLiteral("clientCountLabel"));
    m_problem->setObjectName(QStringLiteral("clientsProblemMessage"));
    m_table->setObjectName(QStringLiteral("clientTable"));
    m_table->setAccessibleName(tr("Connected clients"));
    m_empty->setObjectName(QStringLiteral("clientsEmptyState"));
    m_kick->setObjectName(QStringLiteral("kickButton"));
    m_kick->setProperty("danger", true);
    m_kick->setToolTip(tr("Closes the client's connection (Delete)"));
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new ClientDelegate(m_model, m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setStretchColumn(0);
    m_table->horizontalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(ClientDelegate::rowHeight());
    layOut();
    m_table->setMenuBuilder([this](QMenu *menu, const QModelIndex &) {
        QAction *kick = menu->addAction(tr("Kick…"), this, &ClientsView::askToKick);
        ::setAccess(kick, m_access);
        menu->setToolTipsVisible(!kick->isEnabled());
    });
    connect(m_filter, &QLineEdit::textChanged, &m_model, &KeyedTableModel::setFilterText);
    connect(&m_model, &KeyedTableModel::contentChanged, this, &ClientsView::renew);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ClientsView::renewKick);
    connect(m_kick, &QPushButton::clicked, this, &ClientsView::askToKick);
    auto *remove = new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, m_kick, &QPushButton::click);
    setClients({}, {});
    renewKick();
}

void ClientsView::layOut()
{
    m_filter->setRows(m_table);
    setTextRole(m_count, Look::SoftText);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(Look::cardPadding, Look::spaceM, Look::cardPadding, 0);
    bar->setSpacing(Look::spaceS);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_kick);
    auto *told = new QVBoxLayout;
    told->setContentsMargins(Look::cardPadding, 0, Look::cardPadding, 0);
    told->addWidget(m_count);
    told->addWidget(m_problem);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addLayout(bar);
    layout->addLayout(told);
    layout->addLayout(m_stack, 1);
}

void ClientsView::setClients(
    const std::optional<QList<ClientConnection>> &clients, const std::optional<Error> &problem, const QString &missing)
{
    if (problem)
        m_problem->showStanding(
            Tone::Warning, tr("Who is connected can't be read now"), problem->summary, problem->detail);
    else if (!missing.isEmpty())
        m_problem->showStanding(Tone::Warning, tr("There may be others"), missing);
    else
        m_problem->hide();
    const bool isOther = clients.has_value() != m_isKnown || clients.value_or(m_shown) != m_shown;
    m_isKnown = clients.has_value();
    if (isOther) {
        m_shown = clients.value_or(QList<ClientConnection>{});
        m_model.setClients(m_shown);
    }
    renew();
}

void ClientsView::setNow(const QDateTime &now)
{
    m_model.setNow(now);
    m_table->viewport()->update();
}

void ClientsView::setKickAccess(const Access &access)
{
    m_access = access;
    renewKick();
}

void ClientsView::renew()
{
    const quint64 all = quint64(m_model.rows().size());
    const quint64 shown = quint64(m_model.rowCount());
    m_count->setVisible(all > 0);
    m_count->setText(shown == all ? all == 1 ? tr("1 client") : tr("%1 clients").arg(numberText(all))
                                  : tr("%1 of %2 clients").arg(numberText(shown), numberText(all)));
    m_stack->setCurrentIndex(shown > 0 ? 0 : 1);
    if (all > 0)
        m_empty->setContent(Icons::Name::Search, tr("No client matches the filter"), {});
    else if (m_isKnown && !m_problem->isHidden())
        m_empty->setContent(Icons::Name::Account, tr("No clients were seen"), {});
    else if (m_isKnown)
        m_empty->setContent(Icons::Name::Account, tr("No clients are connected"),
            tr("Clients that log in to this account appear here. How they do that stands under Connection."));
    else
        m_empty->setContent(
            Icons::Name::Clock, m_problem->isHidden() ? tr("Clients are being read…") : tr("Not known"), {});
    renewKick();
}

void ClientsView::renewKick()
{
    const bool isChosen = m_table->selectedRow().isValid();
    setAccess(m_kick, m_access && !isChosen ? Access::no(tr("Choose a client first.")) : m_access);
}

void ClientsView::askToKick()
{
    if (const QModelIndex row = m_table->selectedRow(); row.isValid() && m_access)
        Q_EMIT kickRequested(m_model.rowAt(row.row()).client);
}
