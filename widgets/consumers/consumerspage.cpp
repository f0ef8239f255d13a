// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/consumerspage.h"

#include "models/celltext.h"
#include "models/consumertablemodel.h"
#include "services/base/clock.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/runtimeservice.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/filterbox.h"
#include "widgets/common/listpage.h"
#include "widgets/common/panelsplit.h"
#include "widgets/common/runtimegate.h"
#include "widgets/common/tableview.h"
#include "widgets/consumers/consumerdetail.h"
#include "widgets/consumers/consumerform.h"

#include <QMenu>
#include <QVBoxLayout>

using namespace std::chrono_literals;

namespace {

constexpr int leastStateWidth = 260;

QString countText(const ConsumerTableModel &model)
{
    quint64 pending = 0;
    for (int row = 0; row < model.rowCount(); ++row)
        pending += model.rowAt(row).pending;
    const quint64 shown = quint64(model.rowCount());
    const quint64 all = quint64(model.rows().size());
    const QString waiting = ConsumersPage::tr("%1 pending").arg(numberText(pending));
    if (shown != all)
        return ConsumersPage::tr("%1 of %2 consumers · %3").arg(numberText(shown), numberText(all), waiting);
    return shown == 1 ? ConsumersPage::tr("1 consumer · %1").arg(waiting)
                      : ConsumersPage::tr("%1 consumers · %2").arg(numberText(shown), waiting);
}

ConfirmByTyping::Question deletionOf(const Consumer &consumer)
{
    ConfirmByTyping::Question question;
    question.title = ConsumersPage::tr("Delete the consumer %1").arg(consumer.id.name);
    question.text = ConsumersPage::tr("Its workers stop getting messages of %1. The stream and its messages stay; the "
                                      "place that the consumer had reached is gone.")
                        .arg(consumer.id.stream.name);
    question.gone = {ConsumersPage::tr("Not delivered yet: %1").arg(numberText(consumer.pending)),
        ConsumersPage::tr("Delivered, not acknowledged: %1").arg(numberText(consumer.ackPending))};
    question.name = consumer.id.name;
    question.buttonText = ConsumersPage::tr("Delete consumer");
    return question;
}

} // namespace

ConsumersPage::ConsumersPage(
    RuntimeService &runtime, AccountService &accounts, ConsumerService &consumers, Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_runtime(runtime)
    , m_accounts(accounts)
    , m_consumers(consumers)
    , m_clock(clock)
    , m_model(new ConsumerTableModel(this))
    , m_list(new ListPage({tr("Filter consumers"), tr("New consumer"), QStringLiteral("consumer")}, m_model, this))
    , m_detail(new ConsumerDetail(this))
    , m_form(new ConsumerForm(this))
    , m_removals(this, m_list->message(), [this] { showAccess(); })
{
    setObjectName(QStringLiteral("consumersPage"));
    using Model = ConsumerTableModel;
    m_list->setColumns(Model::StateColumn, leastStateWidth,
        {Model::WaitingColumn, Model::AckPolicyColumn, Model::ModeColumn, Model::RedeliveredColumn,
            Model::AccountColumn, Model::LastActivityColumn});
    m_list->table()->sortByColumn(Model::StreamColumn, Qt::AscendingOrder);
    m_list->panels()->addPanel(m_detail);
    m_list->panels()->addPanel(m_form);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    connectServices();
    connectWidgets();
    tick();
    m_form->setNow(m_clock.now());
    showAccounts();
    showAccess();
    showSnapshot();
}

void ConsumersPage::connectServices()
{
    connect(&m_consumers, &ConsumerService::snapshotChanged, this, &ConsumersPage::showSnapshot);
    connect(&m_consumers, &ConsumerService::freshnessChanged, this, &ConsumersPage::showPlace);
    connect(&m_consumers, &ConsumerService::accessChanged, this, &ConsumersPage::showAccess);
    connect(&m_runtime, &RuntimeService::statusChanged, this, &ConsumersPage::showPlace);
    connect(&m_runtime, &RuntimeService::freshnessChanged, this, &ConsumersPage::showPlace);
    connect(&m_accounts, &AccountService::accountsChanged, this, &ConsumersPage::showAccounts);
}

void ConsumersPage::connectWidgets()
{
    connect(m_model, &ConsumerTableModel::contentChanged, this, &ConsumersPage::showPlace);
    connect(m_list, &ListPage::newRequested, this, &ConsumersPage::showForm);
    connect(m_list, &ListPage::openRequested, this,
        [this](const QModelIndex &index) { showDetail(m_model->rowAt(index.row()).id); });
    connect(m_list, &ListPage::deleteRequested, this,
        [this](const QModelIndex &index) { askToDelete(m_model->rowAt(index.row()).id); });
    connect(m_list, &ListPage::emptyActionTriggered, this, [this] { m_emptyAction(); });
    connect(m_list, &ListPage::panelCloseRequested, this, &ConsumersPage::closePanel);
    m_list->table()->setMenuBuilder([this](QMenu *menu, const QModelIndex &index) {
        const ConsumerId id = m_model->rowAt(index.row()).id;
        menu->addAction(tr("Open"), this, [this, id] { showDetail(id); });
        QAction *remove = menu->addAction(tr("Delete…"), this, [this, id] { askToDelete(id); });
        const Access access = deleteAccess(id);
        remove->setEnabled(access.allowed);
        remove->setToolTip(access.reason);
        menu->setToolTipsVisible(!access.allowed);
    });
    connect(m_detail, &ConsumerDetail::closeRequested, this, &ConsumersPage::closePanel);
    connect(m_detail, &ConsumerDetail::deleteRequested, this, [this] { askToDelete(m_detail->id()); });
    connect(m_form, &ConsumerForm::submitted, this, &ConsumersPage::create);
    connect(m_form, &ConsumerForm::cancelled, this, &ConsumersPage::closePanel);
    connect(m_form, &ConsumerForm::closeRequested, this, &ConsumersPage::closePanel);
}

void ConsumersPage::open(const ConsumerId &id)
{
    m_awaited = id;
    if (!m_model->find(id))
        return;
    if (!m_model->indexOf(id).isValid())
        m_list->clearFilters();
    m_awaited = {};
    m_list->table()->setCurrentIndex(m_model->indexOf(id));
    showDetail(id);
}

void ConsumersPage::showSnapshot()
{
    m_model->setRows(m_consumers.consumers());
    if (m_list->panels()->panel() == m_form)
        m_form->setContext(m_consumers.context());
    if (m_awaited != ConsumerId{})
        open(m_awaited);
    if (m_list->panels()->panel() == m_detail)
        showDetail(m_detail->id());
    showPlace();
}

void ConsumersPage::showPlace()
{
    m_list->setCount(m_model->rows().isEmpty() ? QString() : countText(*m_model));
    m_list->setFreshness(m_consumers.freshness());
    if (m_model->rowCount() > 0) {
        m_list->showTable();
    } else if (!m_model->rows().isEmpty()) {
        m_emptyAction = [this] { m_list->clearFilters(); };
        m_list->showEmpty(Icons::Name::Search, tr("No consumer matches the filter"), {}, tr("Clear the filter"));
    } else if (const auto gate =
                   runtimeGate(m_runtime.status(), m_runtime.freshness(), listFreshness(), tr("Consumers"))) {
        m_emptyAction = [this] { emit runtimeRequested(); };
        m_list->showEmpty(gate->icon, gate->title, gate->text, gate->action);
    } else {
        showNothingYet();
    }
}

Freshness ConsumersPage::listFreshness() const
{
    // without accounts nothing is asked, and the service only knows that there are none
    if (const auto &problem = m_accounts.problem())
        return {Freshness::State::Stale, {}, problem->summary};
    return m_consumers.freshness();
}

void ConsumersPage::showNothingYet()
{
    if (m_consumers.context().streams.isEmpty()) {
        m_emptyAction = [this] { emit streamRequested(); };
        m_list->showEmpty(Icons::Name::Stream, tr("No streams yet"),
            tr("A consumer reads from a stream. Create the first stream, then a consumer of it."), tr("Go to Streams"));
        return;
    }
    m_emptyAction = [this] { showForm(); };
    const Access access = m_consumers.createAccess();
    m_list->showEmpty(Icons::Name::Consumer, tr("No consumers yet"),
        tr("A consumer remembers how far its workers have come in a stream, and which messages they still owe an "
           "answer."),
        tr("New consumer"), access.allowed ? QString() : access.reason);
}

void ConsumersPage::showAccess()
{
    const Access access = m_consumers.createAccess();
    m_list->setNewAccess(access);
    m_form->setSubmitAccess(access);
    m_detail->setDeleteAccess(deleteAccess(m_detail->id()));
    showPlace();
}

Access ConsumersPage::deleteAccess(const ConsumerId &id) const
{
    return m_removals.access(id, m_consumers.createAccess());
}

void ConsumersPage::showAccounts()
{
    QStringList names;
    for (const Account &account : m_accounts.accounts())
        names << account.name;
    m_list->setAccounts(names);
}

void ConsumersPage::showDetail(const ConsumerId &id)
{
    const std::optional<Consumer> consumer = m_model->find(id);
    if (!consumer) {
        closePanel();
        return;
    }
    m_detail->setConsumer(*consumer, m_clock.now());
    m_detail->setDeleteAccess(deleteAccess(id));
    m_list->panels()->showPanel(m_detail);
}

void ConsumersPage::showForm()
{
    m_form->setContext(m_consumers.context());
    m_list->panels()->showPanel(m_form);
    m_form->focusFirst();
}

void ConsumersPage::closePanel()
{
    m_list->panels()->showPanel(nullptr);
    m_list->table()->setFocus(Qt::OtherFocusReason);
}

void ConsumersPage::create(const ConsumerDraft &draft)
{
    m_form->setBusy(true);
    m_creation = m_consumers.create(draft);
    m_creation.then(this, [this](const Result<Consumer> &created) {
        m_form->setBusy(false);
        if (!created) {
            m_form->showError(created.error());
            return;
        }
        m_form->clear();
        closePanel();
        open(created->id);
        m_consumers.refresh();
    });
}

void ConsumersPage::askToDelete(const ConsumerId &id)
{
    const std::optional<Consumer> consumer = m_model->find(id);
    if (!consumer || !deleteAccess(id))
        return;
    auto *question = new ConfirmByTyping(deletionOf(*consumer), this);
    connect(question, &ConfirmByTyping::confirmed, this, [this, id] { remove(id); });
    question->open();
}

void ConsumersPage::remove(const ConsumerId &id)
{
    if (!deleteAccess(id))
        return;
    m_removals.run(id, m_consumers.remove(id),
        {tr("The consumer %1 is being deleted.").arg(id.name), tr("The consumer %1 was not deleted").arg(id.name),
            tr("It is not known yet whether the consumer %1 was deleted; the table will show it").arg(id.name)});
}

void ConsumersPage::tick()
{
    const auto [first, last] = m_list->visibleRows();
    m_model->setNow(m_clock.now(), first, last);
    if (isVisible() && m_list->panels()->panel() == m_detail)
        showDetail(m_detail->id());
    m_nextTick = m_clock.sleep(1s);
    m_nextTick.then(this, [this](const Result<void> &) { tick(); });
}
