// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/objects/objectpage.h"

#include "models/keyedtablemodel.h"
#include "services/base/clock.h"
#include "services/messaging/accountsource.h"
#include "services/messaging/runtimesource.h"
#include "widgets/common/copyrolebutton.h"
#include "widgets/common/detailpanel.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/formpanel.h"
#include "widgets/common/runtimegate.h"
#include "widgets/common/tableview.h"

#include <QApplication>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

using namespace std::chrono_literals;

ObjectPage::ObjectPage(const Words &words, const Ground &ground, KeyedTableModel *model, DetailPanel *detail,
    FormPanel *form, QWidget *parent)
    : QWidget(parent)
    , m_words(words)
    , m_ground(ground)
    , m_model(model)
    , m_list(new ListPage(words.list, model, this))
    , m_detail(detail)
    , m_form(form)
{
    m_model->setParent(this);
    m_list->addPanel(m_detail);
    m_list->addPanel(m_form);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    setFocusProxy(m_list);
}

void ObjectPage::setKubectl(const KubectlTarget &kubectl)
{
    m_kubectl = kubectl;
    m_detail->setKubectl(kubectl);
    showPlace();
}

void ObjectPage::begin()
{
    connectServices();
    connectList();
    tick();
    showAccounts();
    showAccess();
    showSnapshot();
}

void ObjectPage::connectServices()
{
    connect(&m_ground.runtime, &RuntimeSource::statusChanged, this, &ObjectPage::showPlace);
    connect(&m_ground.runtime, &RuntimeSource::freshnessChanged, this, &ObjectPage::showPlace);
    connect(&m_ground.runtime, &RuntimeSource::accessChanged, this, &ObjectPage::showPlace);
    connect(&m_ground.accounts, &AccountSource::accountsChanged, this, &ObjectPage::showAccounts);
}

void ObjectPage::connectList()
{
    connect(m_model, &KeyedTableModel::contentChanged, this, &ObjectPage::showPlace);
    connect(m_list, &ListPage::newRequested, this, &ObjectPage::showForm);
    connect(m_list, &ListPage::openRequested, this, [this](const QModelIndex &index) { openAt(index.row()); });
    connect(m_list, &ListPage::selectionChanged, this, &ObjectPage::followSelection);
    connect(m_list, &ListPage::deleteRequested, this, [this](const QModelIndex &index) { askToDeleteAt(index.row()); });
    connect(m_list, &ListPage::emptyActionTriggered, this, [this] { m_emptyAction(); });
    connect(m_list, &ListPage::panelCloseRequested, this, &ObjectPage::closePanel);
    connect(m_detail, &DetailPanel::closeRequested, this, &ObjectPage::closePanel);
    connect(m_detail, &DetailPanel::deleteRequested, this, [this] { askToDeleteDetail(); });
    connect(m_form, &FormPanel::cancelled, this, &ObjectPage::closePanel);
    connect(m_form, &FormPanel::closeRequested, this, &ObjectPage::closePanel);
    m_list->table()->setMenuBuilder([this](QMenu *menu, const QModelIndex &index) { addActions(menu, index); });
}

void ObjectPage::addActions(QMenu *menu, const QModelIndex &index)
{
    const QPersistentModelIndex row(index);
    const auto on = [row](auto act) {
        return [row, act] {
            if (row.isValid())
                act(row.row());
        };
    };
    menu->addAction(tr("Open"), this, on([this](int at) { openAt(at); }));
    addOwnActions(menu, index.row());
    QAction *remove = menu->addAction(tr("Delete…"), this, on([this](int at) { askToDeleteAt(at); }));
    setAccess(remove, deleteAccessAt(index.row()));
    const QList<QAction *> actions = menu->actions();
    menu->setToolTipsVisible(
        std::any_of(actions.cbegin(), actions.cend(), [](const QAction *action) { return !action->isEnabled(); }));
}

void ObjectPage::offerActionsInDetail()
{
    m_detail->setMenuBuilder([this](QMenu *menu) {
        if (const QModelIndex row = m_list->table()->selectedRow(); row.isValid())
            addOwnActions(menu, row.row());
    });
}

QDateTime ObjectPage::now() const
{
    return m_ground.clock.now();
}

QStringList ObjectPage::accountNames() const
{
    QStringList names;
    for (const Account &account : m_ground.accounts.accounts())
        names << account.name;
    return names;
}

void ObjectPage::showSnapshot()
{
    adoptSnapshot();
    if (isFormShown())
        renewForm();
    if (isDetailShown())
        renewDetail();
    showPlace();
}

void ObjectPage::showPlace()
{
    m_list->setCount(snapshotSize() == 0 ? QString() : countText());
    m_list->setFreshness(freshnessToTell());
    if (m_model->rowCount() > 0 || m_model->isArranging()) {
        m_list->showTable();
        return;
    }
    const Emptiness empty = emptiness();
    m_emptyAction = empty.action;
    m_list->showEmpty(empty.icon, empty.title, empty.text, empty.actionText, empty.actionReason);
}

ObjectPage::Emptiness ObjectPage::emptiness()
{
    if (snapshotSize() > 0)
        return {
            Icons::Name::Search, m_words.noMatch, {}, tr("Clear the filter"), {}, [this] { m_list->clearFilters(); }};
    if (const auto refused = refusal())
        return *refused;
    const RuntimeSource &runtime = m_ground.runtime;
    const auto gate = runtimeGate(
        aimedAt(m_kubectl, runtime.status()), runtime.freshness(), listFreshness(), m_words.title, runtime.goneText());
    if (gate)
        return {gate->icon, gate->title, gate->text, gate->action, {}, [this] { Q_EMIT runtimeRequested(); }};
    return nothingYet();
}

/// Of what is out of reach as a whole the workspace tells, above this page; and nothing can't be old.
Freshness ObjectPage::freshnessToTell() const
{
    if (snapshotSize() == 0 || !isClusterInReach())
        return {Freshness::State::Live, {}, {}};
    return freshness();
}

bool ObjectPage::isClusterInReach() const
{
    return m_ground.runtime.freshness().state == Freshness::State::Live;
}

Access ObjectPage::seeAccess() const
{
    return m_ground.runtime.reachAccess();
}

/// Who may not open a tunnel, or read the Secret of the login that looks, waits in vain.
std::optional<ObjectPage::Emptiness> ObjectPage::refusal()
{
    const RuntimeSource &runtime = m_ground.runtime;
    const Access access = seeAccess();
    const bool isShown = freshness().state == Freshness::State::Live;
    if (isShown || access.missing.isEmpty() || runtime.status().phase != RuntimePhase::Ready)
        return std::nullopt;
    return Emptiness{
        Icons::Name::Lock, tr("You may not see %1").arg(m_words.objects), access.reason, tr("Copy Role"), {}, [this] {
            const RuntimeSource &asked = m_ground.runtime;
            copyGrant(m_list->emptyButton(), asked.grantFor(asked.inspectAccess()));
        }};
}

Freshness ObjectPage::listFreshness() const
{
    Freshness known = freshness();
    // without accounts nothing is asked, and the service only knows that there are none
    if (const auto &problem = m_ground.accounts.problem())
        known = {Freshness::State::Stale, {}, problem->summary};
    if (!isClusterInReach())
        known.why.clear(); // the workspace says it
    return known;
}

void ObjectPage::showAccess()
{
    const Access access = createAccess();
    m_list->setNewAccess(access, m_ground.runtime.grantFor(access));
    m_form->setSubmitAccess(access);
    showDeleteAccess();
    showPlace();
}

void ObjectPage::showDeleteAccess()
{
    const Access access = deleteAccessOfDetail();
    m_detail->setDeleteAccess(access, m_ground.runtime.grantFor(access));
}

void ObjectPage::showAccounts()
{
    m_list->setAccounts(accountNames());
    adoptAccounts();
    showPlace();
}

void ObjectPage::showForm()
{
    renewForm();
    if (isFormShown())
        return m_form->setFocus(Qt::OtherFocusReason);
    showPanel(m_form);
    m_form->begin();
}

void ObjectPage::closePanel()
{
    showPanel(nullptr);
    m_list->setFocus(Qt::OtherFocusReason);
}

/// Whoever comes back to a page with an open form goes on with that.
void ObjectPage::showPanel(QWidget *panel)
{
    m_list->showPanel(panel);
    setFocusProxy(panel && panel != m_detail ? panel : m_list);
}

/// What is in the panel is what is highlighted. A form gives way only to a person who goes along the rows.
void ObjectPage::followSelection()
{
    const QModelIndex row = m_list->table()->selectedRow();
    if (!row.isValid() && isDetailShown())
        closeLostPanel();
    else if (row.isValid() && (isDetailShown() || (isFormShown() && m_list->table()->hasFocus())))
        openAt(row.row());
}

void ObjectPage::closeLostPanel()
{
    const QWidget *focus = QApplication::focusWidget();
    if (focus && m_list->panel() && m_list->panel()->isAncestorOf(focus))
        closePanel();
    else
        showPanel(nullptr);
}

bool ObjectPage::isFormShown() const
{
    return m_list->panel() == m_form;
}

bool ObjectPage::isDetailShown() const
{
    return m_list->panel() == m_detail;
}

void ObjectPage::showDetailPanel()
{
    showDeleteAccess();
    showPanel(m_detail);
}

void ObjectPage::tick()
{
    const auto [first, last] = m_list->visibleRows();
    passTime(first, last);
    if (isVisible() && isDetailShown())
        renewDetail();
    m_nextTick = m_ground.clock.sleep(1s);
    m_nextTick.then(this, [this](const Result<void> &) { tick(); });
}
