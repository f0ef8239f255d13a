// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/detailpanel.h"

#include "widgets/common/configurationview.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/copyrolebutton.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/sidepanel.h"
#include "widgets/common/words.h"

#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedLayout>
#include <QTabBar>
#include <QVBoxLayout>

DetailPanel::DetailPanel(const QString &stem, const QString &deletion, QWidget *parent)
    : QWidget(parent)
    , m_panel(new SidePanel(this))
    , m_tabs(new QTabBar(this))
    , m_stack(new QStackedLayout)
    , m_state(new QVBoxLayout)
    , m_actions(new QHBoxLayout)
    , m_owner(new InlineMessage(this))
    , m_ownerCommand(new CopyableRow(tr("Command"), {}, this))
    , m_configuration(new ConfigurationView(this))
    , m_copyRole(new CopyRoleButton(this))
    , m_more(new QPushButton(tr("More"), this))
    , m_delete(new QPushButton(tr("Delete…"), this))
{
    m_tabs->setObjectName(QStringLiteral("detailTabs"));
    m_tabs->setAccessibleName(tr("What is shown of it"));
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("State"));
    m_tabs->addTab(tr("Configuration"));
    m_delete->setObjectName(QStringLiteral("delete%1Button").arg(capitalized(stem)));
    m_delete->setProperty("danger", true);
    m_copyRole->setObjectName(QStringLiteral("copyDeletionRoleButton"));
    m_delete->setToolTip(tr("%1 (Delete)").arg(deletion));

    auto *state = new QWidget(this);
    auto *column = new QVBoxLayout(state);
    column->addLayout(m_state);
    column->addStretch();
    for (QLayout *layout : {static_cast<QLayout *>(column), m_configuration->layout()})
        layout->setContentsMargins(Look::cardPadding, Look::spaceM, Look::cardPadding, Look::cardPadding);
    m_owner->setObjectName(QStringLiteral("ownerMessage"));
    m_ownerCommand->setObjectName(QStringLiteral("ownerCommandRow"));
    m_ownerCommand->setLineBelow(false);
    m_state->setSpacing(Look::spaceM);
    m_state->addWidget(m_owner);
    m_state->addWidget(m_ownerCommand);
    setOwner({});
    m_stack->addWidget(SidePanel::scrolled(state));
    m_stack->addWidget(SidePanel::scrolled(m_configuration));
    m_panel->body()->addWidget(m_tabs);
    m_panel->body()->addLayout(m_stack, 1);
    m_more->setObjectName(QStringLiteral("more%1Button").arg(capitalized(stem)));
    m_more->setToolTip(tr("What else can be done with it"));
    m_more->hide();
    m_panel->footer()->addLayout(m_actions);
    m_panel->footer()->addWidget(m_more);
    m_panel->footer()->addStretch();
    m_panel->footer()->addWidget(m_copyRole);
    m_panel->footer()->addWidget(m_delete);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
    setFocusProxy(m_tabs);

    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedLayout::setCurrentIndex);
    connect(m_panel, &SidePanel::closeRequested, this, &DetailPanel::closeRequested);
    connect(m_delete, &QPushButton::clicked, this, &DetailPanel::deleteRequested);
    auto *remove = new QShortcut(QKeySequence::Delete, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(remove, &QShortcut::activated, m_delete, &QPushButton::click);
}

void DetailPanel::setDeleteAccess(const Access &access, const QString &grant)
{
    setAccess(m_delete, access);
    m_copyRole->setGrant(grant, access.reason);
}

void DetailPanel::setMenuBuilder(std::function<void(QMenu *)> build)
{
    auto *menu = new QMenu(m_more);
    menu->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, this, [menu, build = std::move(build)] {
        menu->clear();
        build(menu);
    });
    m_more->setMenu(menu);
    m_more->show();
}

void DetailPanel::setTitle(const QString &title, const QString &note)
{
    m_panel->setTitle(title, note);
}

void DetailPanel::beginAtTop()
{
    for (QScrollArea *area : findChildren<QScrollArea *>())
        area->verticalScrollBar()->setValue(0);
}

void DetailPanel::setConfiguration(const QJsonObject &config)
{
    m_configuration->setConfiguration(config);
}

void DetailPanel::showStateOnly(const QString &title)
{
    m_tabs->setTabText(0, title);
    QWidget *configuration = m_stack->widget(1);
    m_tabs->removeTab(1);
    m_stack->removeWidget(configuration);
    configuration->hide();
}

void DetailPanel::addPage(const QString &title, QWidget *content)
{
    m_tabs->addTab(title);
    m_stack->addWidget(content);
}

void DetailPanel::setOwner(const std::optional<Owner> &owner)
{
    m_owner->setVisible(owner.has_value());
    m_ownerCommand->setVisible(owner && !owner->command().isEmpty());
    if (!owner)
        return;
    m_owner->showStanding(Tone::Accent, tr("Kept by %1").arg(owner->text()), owner->advice());
    m_ownerCommand->setValue(commandFor(m_kubectl, owner->command()));
}
