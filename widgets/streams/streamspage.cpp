// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/streamspage.h"

#include "models/bucketwords.h"
#include "models/celltext.h"
#include "services/domain/assetfields.h"
#include "services/domain/streamfeedrules.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/messageservice.h"
#include "services/messaging/workloads.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/words.h"
#include "widgets/objects/linkedapps.h"
#include "widgets/streams/messagebrowser.h"
#include "widgets/streams/purgedialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QMenu>
#include <QShortcut>

#include <algorithm>

namespace {

constexpr int leastSubjectsWidth = 130;
constexpr int mostNamed = 5;

/// The first of them; nobody reads all of hundreds.
QString listed(const QStringList &names)
{
    const QString first = names.mid(0, mostNamed).join(QStringLiteral(", "));
    return names.size() <= mostNamed ? first
                                     : StreamsPage::tr("%1 and %2 more").arg(first).arg(names.size() - mostNamed);
}

QString consumersText(const QList<Consumer> &consumers)
{
    QStringList names;
    for (const Consumer &consumer : consumers)
        names.append(consumer.id.name);
    return names.isEmpty() ? QString() : QStringLiteral(": ") + listed(names);
}

ObjectPage::Words words()
{
    return {{StreamsPage::tr("Filter streams"), StreamsPage::tr("New stream"), QStringLiteral("stream")},
        StreamsPage::tr("Streams"), StreamsPage::tr("streams"), StreamsPage::tr("No stream matches the filter")};
}

} // namespace

StreamsPage::StreamsPage(
    RuntimeSource &runtime, AccountSource &accounts, StreamService &streams, Clock &clock, QWidget *parent)
    : EditingPageOf(words(), {runtime, accounts, clock}, streams, parent)
    , m_actions(new StreamActions(streams, list()->message(), this))
    , m_files(streams,
          {this, list()->message(), [this] { return accountNames(); },
              [this](const StreamId &stream) { return consumersOf(stream); },
              [this](const QJsonObject &config) { return beginNew({}, config); }})
{
    setObjectName(QStringLiteral("streamsPage"));
    list()->setColumns(Model::SubjectsColumn, leastSubjectsWidth,
        {Model::LinkedAppColumn, Model::StorageColumn, Model::RetentionColumn, Model::StateColumn, Model::AccountColumn,
            Model::ConsumersColumn},
        {Model::NameColumn, Model::AccountColumn});
    list()->table()->sortByAtFirst(Model::NameColumn);
    connect(detail(), &StreamDetail::messagesRequested, this, [this] { browse(shownId()); });
    connect(detail(), &StreamDetail::editRequested, this, [this] { edit(shownId()); });
    connect(&streams, &StreamService::accessChanged, this, [this] {
        if (const auto shown = isDetailShown() ? model().find(shownId()) : std::nullopt)
            completeDetail(*shown);
    });
    auto *change = new QShortcut(QKeySequence(Qt::Key_F2), list()->table(), nullptr, nullptr, Qt::WidgetShortcut);
    connect(change, &QShortcut::activated, this, [this] {
        if (const QModelIndex row = list()->table()->selectedRow(); row.isValid())
            edit(model().rowAt(row.row()).id);
    });
    offerActionsInDetail();
    list()->setNewMenu([this](QMenu *menu) { m_files.fillNewMenu(menu); });
    begin();
}

QString StreamsPage::countText() const
{
    ByteCount bytes;
    for (int row = 0; row < model().rowCount(); ++row)
        bytes.bytes += model().rowAt(row).bytes.bytes;
    const quint64 shown = quint64(model().rowCount());
    const quint64 all = quint64(model().rows().size());
    const QStringList hidden = service().hiddenAccounts();
    const QString rest = hidden.isEmpty()
        ? bytes.text()
        : tr("%1 · not shown: account %2").arg(bytes.text(), hidden.join(QStringLiteral(", ")));
    if (shown != all)
        return tr("%1 of %2 streams · %3").arg(numberText(shown), numberText(all), rest);
    return shown == 1 ? tr("1 stream · %1").arg(rest) : tr("%1 streams · %2").arg(numberText(shown), rest);
}

ObjectPage::Emptiness StreamsPage::nothingYet()
{
    return {Icons::Name::Stream, tr("No streams yet"),
        tr("A stream stores the messages of its subjects until consumers have dealt with them or a limit is reached."),
        tr("New stream"), service().createAccess().reason, [this] { showForm(); }};
}

void StreamsPage::adoptAccounts()
{
    form()->setAccounts(accountNames());
}

void StreamsPage::renewForm()
{
    prepareEdit(form());
}

void StreamsPage::prepareEdit(StreamForm *form)
{
    form->setNow(now());
    StreamContext context = service().context();
    if (form->seen())
        context.consumers = consumersOf(form->seen()->id);
    form->setContext(context);
    if (!m_workloads)
        return;
    const LinkedApps apps = LinkedApps::of(*m_workloads);
    form->setWorkloads(apps.items, apps.note);
}

QList<Consumer> StreamsPage::consumersOf(const StreamId &id) const
{
    if (!m_consumers)
        return {};
    const QList<Consumer> &all = m_consumers->consumers(); // sorted by stream
    const auto isBefore = [](const Consumer &consumer, const StreamId &stream) { return consumer.id.stream < stream; };
    QList<Consumer> own;
    for (auto each = std::lower_bound(all.cbegin(), all.cend(), id, isBefore);
         each != all.cend() && each->id.stream == id; ++each)
        own.append(*each);
    return own;
}

void StreamsPage::offerWorkloads(Workloads &workloads)
{
    m_workloads = &workloads;
    connect(&workloads, &Workloads::changed, this, [this] { renewForms(); });
}

void StreamsPage::completeDetail(const Stream &stream)
{
    detail()->setEditAccess(service().changeAccess(stream));
    detail()->setMessagesAccess(
        m_messages ? m_messages->readAccess() : Access::no(tr("No messages can be read here.")));
}

void StreamsPage::addOwnActions(QMenu *menu, int row)
{
    const Stream &stream = model().rowAt(row);
    const StreamId id = stream.id;
    if (m_messages) {
        ::setAccess(menu->addAction(tr("Messages…"), this, [this, id] { browse(id); }), m_messages->readAccess());
        ::setAccess(menu->addAction(tr("Publish…"), this, [this, id] { browse(id)->showPublishing(); }),
            m_messages->publishAccess(stream));
    }
    ::setAccess(menu->addAction(tr("Edit…"), this, [this, id] { edit(id); }), service().changeAccess(stream));
    ::setAccess(menu->addAction(tr("Clone…"), this, [this, id] { clone(id); }), service().createAccess());
    ::setAccess(menu->addAction(tr("Purge…"), this, [this, id] { askToPurge(id); }), service().purgeAccess(stream));
    m_actions->addTo(menu, stream);
    m_files.addActions(menu, stream);
    menu->addAction(tr("Copy as JSON"), this, [this, id] {
        if (const std::optional<Stream> found = model().find(id))
            QGuiApplication::clipboard()->setText(
                QString::fromUtf8(QJsonDocument(portableConfig(found->config)).toJson()));
    });
}

void StreamsPage::setMessages(MessageService &messages, const QString &place)
{
    m_messages = &messages;
    m_place = place;
}

void StreamsPage::listIn(RunningOperations &operations)
{
    m_operations = &operations;
    m_files.listIn(operations);
}

MessageBrowser *StreamsPage::browse(const StreamId &id)
{
    QPointer<MessageBrowser> &browser = m_browsers[id];
    if (!browser) {
        browser = new MessageBrowser(*m_messages, clock(), id, m_place, this);
        browser->listIn(m_operations);
    }
    browser->show();
    browser->raise();
    browser->activateWindow();
    return browser;
}

void StreamsPage::askToPurge(const StreamId &id)
{
    const std::optional<Stream> seen = model().find(id);
    if (!seen)
        return;
    auto *dialog = new PurgeDialog(
        *seen, [this, id](const StreamPurge &purge) { return service().messagesOn(id, purge.subject); }, this);
    connect(dialog, &PurgeDialog::confirmed, this,
        [this, seen = *seen](const StreamPurge &wanted) { purge(seen, wanted); });
    const auto renew = [this, dialog, id] {
        const std::optional<Stream> now = model().find(id);
        dialog->setAccess(now ? service().purgeAccess(*now) : Access::no(tr("It is not there any more.")));
    };
    connect(&service(), &StreamService::accessChanged, dialog, renew);
    renew();
    dialog->open();
}

void StreamsPage::purge(const Stream &seen, const StreamPurge &wanted)
{
    const int number = ++m_lastPurge;
    Pending<quint64> &kept = m_purges[number] = service().purge(seen, wanted);
    kept.then(this, [this, number, name = seen.id.name](const Result<quint64> &purged) {
        m_purges.erase(number);
        InlineMessage *message = list()->message();
        if (purged)
            message->setMessage(Tone::Good,
                *purged == 1 ? tr("1 message has gone from %1.").arg(name)
                             : tr("%1 messages have gone from %2.").arg(numberText(*purged), name));
        else if (purged.error().kind == Error::Kind::Timeout)
            message->setMessage(Tone::Warning, tr("It is not known yet how much has gone from %1").arg(name),
                purged.error().summary, purged.error().detail);
        else
            message->setMessage(
                Tone::Bad, tr("%1 was not purged").arg(name), purged.error().summary, purged.error().detail);
        message->show();
        service().refresh();
    });
}

void StreamsPage::clone(const StreamId &id)
{
    const std::optional<Stream> origin = model().find(id);
    if (!origin)
        return;
    QJsonObject config = portableConfig(origin->config);
    for (const char *own : {"name", "sealed"})
        config.remove(QLatin1String(own));
    beginNew(id.account, config);
}

bool StreamsPage::beginNew(const QString &account, const QJsonObject &config)
{
    if (form()->hasDraft()) {
        list()->message()->setMessage(Tone::Neutral,
            tr("A new stream has been begun and is kept as a draft. Create or discard it first, then try again."));
        list()->message()->show();
        showForm();
        return false;
    }
    form()->beginAs(account, config);
    showForm();
    return true;
}

ChangeWords StreamsPage::changeWords(const StreamId &id) const
{
    return {tr("The stream %1 was not changed; what was entered is kept").arg(id.name),
        tr("It is not known yet whether the stream %1 was changed; what was entered is kept").arg(id.name),
        tr("The server has taken the change of %1, but left a part of it out").arg(id.name)};
}

ConfirmByTyping::Question StreamsPage::deletionOf(const Stream &stream) const
{
    ConfirmByTyping::Question question;
    question.title = tr("Delete the stream %1").arg(stream.id.name);
    question.text = tr("It is deleted from account %1 at once, and nothing brings it back. Clients that publish to its "
                       "subjects are no longer answered.")
                        .arg(stream.id.account);
    if (stream.isOffline)
        question.gone = {tr("All its messages and consumers; how many is not known while it is offline")};
    else
        question.gone = {counted(qint64(stream.messages), tr("1 message"), tr("%1 messages"))
                + QStringLiteral(" (%1)").arg(stream.bytes.text()),
            counted(stream.consumerCount, tr("1 consumer"), tr("%1 consumers"))
                + consumersText(consumersOf(stream.id))};
    if (const QStringList fed = StreamFeedRules::namesOfFed(stream.id, service().streams()); !fed.isEmpty())
        question.gone.append(tr("What goes on from it to %1").arg(listed(fed)));
    if (const QString app = stream.linkedApp(); !app.isEmpty())
        question.gone.append(tr("What its app %1 works with").arg(app));
    if (const std::optional<Bucket> bucket = stream.bucket())
        question.gone.prepend(BucketWords::beforeDeletion(*bucket));
    question.name = stream.id.name;
    question.buttonText = tr("Delete stream");
    return question;
}

RemovalWords StreamsPage::removalWords(const StreamId &id) const
{
    return {tr("The stream %1 is being deleted.").arg(id.name), tr("The stream %1 was not deleted").arg(id.name),
        tr("It is not known yet whether the stream %1 was deleted; the table will show it").arg(id.name)};
}

CreationWords StreamsPage::creationWords(const StreamDraft &draft) const
{
    return {tr("The stream %1 was not created; its draft is kept").arg(draft.id().name),
        tr("It is not known yet whether the stream %1 was created; its draft is kept").arg(draft.id().name)};
}
