// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/streamspage.h"

#include "models/celltext.h"
#include "models/streamtablemodel.h"
#include "services/base/clock.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/filterbox.h"
#include "widgets/common/listpage.h"
#include "widgets/common/panelsplit.h"
#include "widgets/common/runtimegate.h"
#include "widgets/common/tableview.h"
#include "widgets/streams/streamdetail.h"
#include "widgets/streams/streamform.h"

#include <QMenu>
#include <QVBoxLayout>

using namespace std::chrono_literals;

namespace {

constexpr int leastSubjectsWidth = 130;

QString countText(const StreamTableModel &model)
{
    ByteCount bytes;
    for (int row = 0; row < model.rowCount(); ++row)
        bytes.bytes += model.rowAt(row).bytes.bytes;
    const quint64 shown = quint64(model.rowCount());
    const quint64 all = quint64(model.rows().size());
    if (shown != all)
        return StreamsPage::tr("%1 of %2 streams · %3").arg(numberText(shown), numberText(all), bytes.text());
    return shown == 1 ? StreamsPage::tr("1 stream · %1").arg(bytes.text())
                      : StreamsPage::tr("%1 streams · %2").arg(numberText(shown), bytes.text());
}

ConfirmByTyping::Question deletionOf(const Stream &stream)
{
    const QString name = stream.id.name;
    ConfirmByTyping::Question question;
    question.title = StreamsPage::tr("Delete the stream %1").arg(name);
    question.text = StreamsPage::tr("It is deleted from account %1 at once, and nothing brings it back. Clients that "
                                    "publish to its subjects are no longer answered.")
                        .arg(stream.id.account);
    if (stream.isOffline)
        question.gone = {StreamsPage::tr("All its messages and consumers; how many is not known while it is offline")};
    else
        question.gone = {StreamsPage::tr("Messages: %1 (%2)").arg(numberText(stream.messages), stream.bytes.text()),
            StreamsPage::tr("Consumers: %1").arg(stream.consumerCount)};
    question.name = name;
    question.buttonText = StreamsPage::tr("Delete stream");
    return question;
}

} // namespace

StreamsPage::StreamsPage(
    RuntimeService &runtime, AccountService &accounts, StreamService &streams, Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_runtime(runtime)
    , m_accounts(accounts)
    , m_streams(streams)
    , m_clock(clock)
    , m_model(new StreamTableModel(this))
    , m_list(new ListPage({tr("Filter streams"), tr("New stream"), QStringLiteral("stream")}, m_model, this))
    , m_detail(new StreamDetail(this))
    , m_form(new StreamForm(this))
    , m_removals(this, m_list->message(), [this] { showAccess(); })
{
    setObjectName(QStringLiteral("streamsPage"));
    using Model = StreamTableModel;
    m_list->setColumns(Model::SubjectsColumn, leastSubjectsWidth,
        {Model::StorageColumn, Model::RetentionColumn, Model::StateColumn, Model::AccountColumn});
    m_list->table()->sortByColumn(Model::NameColumn, Qt::AscendingOrder);
    m_list->panels()->addPanel(m_detail);
    m_list->panels()->addPanel(m_form);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    connectServices();
    connectWidgets();
    tick();
    showAccounts();
    showAccess();
    showSnapshot();
}

void StreamsPage::connectServices()
{
    connect(&m_streams, &StreamService::snapshotChanged, this, &StreamsPage::showSnapshot);
    connect(&m_streams, &StreamService::freshnessChanged, this, &StreamsPage::showPlace);
    connect(&m_streams, &StreamService::accessChanged, this, &StreamsPage::showAccess);
    connect(&m_runtime, &RuntimeService::statusChanged, this, &StreamsPage::showPlace);
    connect(&m_runtime, &RuntimeService::freshnessChanged, this, &StreamsPage::showPlace);
    connect(&m_runtime, &RuntimeService::accessChanged, this, &StreamsPage::showPlace);
    connect(&m_accounts, &AccountService::accountsChanged, this, &StreamsPage::showAccounts);
}

void StreamsPage::connectWidgets()
{
    connect(m_model, &StreamTableModel::contentChanged, this, &StreamsPage::showPlace);
    connect(m_list, &ListPage::newRequested, this, &StreamsPage::showForm);
    connect(m_list, &ListPage::openRequested, this,
        [this](const QModelIndex &index) { showDetail(m_model->rowAt(index.row()).id); });
    connect(m_list, &ListPage::deleteRequested, this,
        [this](const QModelIndex &index) { askToDelete(m_model->rowAt(index.row()).id); });
    connect(m_list, &ListPage::emptyActionTriggered, this, [this] { m_emptyAction(); });
    connect(m_list, &ListPage::panelCloseRequested, this, &StreamsPage::closePanel);
    m_list->table()->setMenuBuilder([this](QMenu *menu, const QModelIndex &index) {
        const StreamId id = m_model->rowAt(index.row()).id;
        menu->addAction(tr("Open"), this, [this, id] { showDetail(id); });
        QAction *remove = menu->addAction(tr("Delete…"), this, [this, id] { askToDelete(id); });
        const Access access = deleteAccess(id);
        remove->setEnabled(access.allowed);
        remove->setToolTip(access.reason);
        menu->setToolTipsVisible(!access.allowed);
    });
    connect(m_detail, &StreamDetail::closeRequested, this, &StreamsPage::closePanel);
    connect(m_detail, &StreamDetail::deleteRequested, this, [this] { askToDelete(m_detail->id()); });
    connect(m_form, &StreamForm::submitted, this, &StreamsPage::create);
    connect(m_form, &StreamForm::cancelled, this, &StreamsPage::closePanel);
    connect(m_form, &StreamForm::closeRequested, this, &StreamsPage::closePanel);
}

void StreamsPage::open(const StreamId &id)
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

void StreamsPage::showSnapshot()
{
    m_model->setRows(m_streams.streams());
    if (m_list->panels()->panel() == m_form)
        m_form->setContext(m_streams.context());
    if (m_awaited != StreamId{})
        open(m_awaited);
    if (m_list->panels()->panel() == m_detail)
        showDetail(m_detail->id());
    showPlace();
}

void StreamsPage::showPlace()
{
    m_list->setCount(m_model->rows().isEmpty() ? QString() : countText(*m_model));
    m_list->setFreshness(m_streams.freshness());
    if (m_model->rowCount() > 0) {
        m_list->showTable();
    } else if (!m_model->rows().isEmpty()) {
        m_emptyAction = [this] { m_list->clearFilters(); };
        m_list->showEmpty(Icons::Name::Search, tr("No stream matches the filter"), {}, tr("Clear the filter"));
    } else if (const auto gate =
                   runtimeGate(m_runtime.status(), m_runtime.freshness(), listFreshness(), tr("Streams"))) {
        m_emptyAction = [this] { emit runtimeRequested(); };
        m_list->showEmpty(gate->icon, gate->title, gate->text, gate->action);
    } else {
        m_emptyAction = [this] { showForm(); };
        const Access access = m_streams.createAccess();
        m_list->showEmpty(Icons::Name::Stream, tr("No streams yet"),
            tr("A stream stores the messages of its subjects until consumers have dealt with them or a limit is "
               "reached."),
            tr("New stream"), access.allowed ? QString() : access.reason);
    }
}

Freshness StreamsPage::listFreshness() const
{
    // without accounts nothing is asked, and the service only knows that there are none
    if (const auto &problem = m_accounts.problem())
        return {Freshness::State::Stale, {}, problem->summary};
    return m_streams.freshness();
}

void StreamsPage::showAccess()
{
    const Access access = m_streams.createAccess();
    m_list->setNewAccess(access);
    m_form->setSubmitAccess(access);
    m_detail->setDeleteAccess(deleteAccess(m_detail->id()));
    showPlace();
}

Access StreamsPage::deleteAccess(const StreamId &id) const
{
    return m_removals.access(id, m_streams.createAccess());
}

void StreamsPage::showAccounts()
{
    QStringList names;
    for (const Account &account : m_accounts.accounts())
        names << account.name;
    m_list->setAccounts(names);
    m_form->setAccounts(names);
}

void StreamsPage::showDetail(const StreamId &id)
{
    const std::optional<Stream> stream = m_model->find(id);
    if (!stream) {
        closePanel();
        return;
    }
    m_detail->setStream(*stream, m_clock.now());
    m_detail->setDeleteAccess(deleteAccess(id));
    m_list->panels()->showPanel(m_detail);
}

void StreamsPage::showForm()
{
    m_form->setContext(m_streams.context());
    m_list->panels()->showPanel(m_form);
    m_form->focusFirst();
}

void StreamsPage::closePanel()
{
    m_list->panels()->showPanel(nullptr);
    m_list->table()->setFocus(Qt::OtherFocusReason);
}

void StreamsPage::create(const StreamDraft &draft)
{
    m_form->setBusy(true);
    m_creation = m_streams.create(draft);
    m_creation.then(this, [this](const Result<Stream> &created) {
        m_form->setBusy(false);
        if (!created) {
            m_form->showError(created.error());
            return;
        }
        m_form->clear();
        closePanel();
        open(created->id);
        m_streams.refresh();
    });
}

void StreamsPage::askToDelete(const StreamId &id)
{
    const std::optional<Stream> stream = m_model->find(id);
    if (!stream || !deleteAccess(id))
        return;
    auto *question = new ConfirmByTyping(deletionOf(*stream), this);
    connect(question, &ConfirmByTyping::confirmed, this, [this, id] { remove(id); });
    question->open();
}

void StreamsPage::remove(const StreamId &id)
{
    if (!deleteAccess(id))
        return;
    m_removals.run(id, m_streams.remove(id),
        {tr("The stream %1 is being deleted.").arg(id.name), tr("The stream %1 was not deleted").arg(id.name),
            tr("It is not known yet whether the stream %1 was deleted; the table will show it").arg(id.name)});
}

void StreamsPage::tick()
{
    const auto [first, last] = m_list->visibleRows();
    m_model->setNow(m_clock.now(), first, last);
    if (isVisible() && m_list->panels()->panel() == m_detail)
        showDetail(m_detail->id());
    m_nextTick = m_clock.sleep(1s);
    m_nextTick.then(this, [this](const Result<void> &) { tick(); });
}
