// SPDX-License-Identifier: GPL-3.0-or-later
// What of MessageBrowser is done with messages: published, exported, deleted.
#include "models/celltext.h"
#include "services/messaging/messageexport.h"
#include "services/messaging/messageservice.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/tableview.h"
#include "widgets/objects/messageview.h"
#include "widgets/streams/messagebrowser.h"
#include "widgets/streams/messageexportdialog.h"
#include "widgets/streams/messageoutput.h"
#include "widgets/streams/messagepager.h"
#include "widgets/streams/publishdialog.h"
#include "widgets/streams/removalquestion.h"

#include <QMenu>

#include <algorithm>

QList<StreamMessage> MessageBrowser::selectedMessages() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QList<StreamMessage> messages;
    for (const QModelIndex &row : std::as_const(rows))
        messages.append(*m_model->rowAt(row.row()).message);
    return messages;
}

void MessageBrowser::listIn(RunningOperations *operations)
{
    m_output->listIn(operations);
}

void MessageBrowser::askToExport()
{
    const std::optional<Stream> stream = m_service.stream(m_stream);
    const QList<StreamMessage> selected = selectedMessages();
    const QList<StreamMessage> shown = m_pager->messages();
    MessageExportDialog::Choice choice{int(selected.size()), int(shown.size()), m_pager->subject()};
    choice.first = std::max<quint64>(stream ? stream->firstSequence : m_pager->page().firstSequence, 1);
    choice.last = stream ? stream->lastSequence : m_pager->page().lastSequence;
    auto *dialog = new MessageExportDialog(choice, this);
    connect(
        dialog, &MessageExportDialog::selectedWanted, this, [this, selected] { m_output->exportMessages(selected); });
    connect(dialog, &MessageExportDialog::shownWanted, this, [this, shown] { m_output->exportMessages(shown); });
    connect(dialog, &MessageExportDialog::rangeWanted, this, [this](quint64 first, quint64 last) {
        m_output->exportRange({m_pager->subject(), first, last});
    });
    dialog->open();
}

void MessageBrowser::showPublishing()
{
    if (!m_publishing) {
        m_publishing = new PublishDialog(m_service, m_stream, this);
        connect(m_publishing, &PublishDialog::published, this, [this] {
            if (!m_pager->tail())
                m_pager->goToLast();
        });
    }
    m_publishing->show();
    m_publishing->raise();
    m_publishing->activateWindow();
}

void MessageBrowser::askToDelete()
{
    const std::shared_ptr<const StreamMessage> message = m_view->message();
    const std::optional<Stream> stream = m_service.stream(m_stream);
    if (!message || !stream || m_removal.isAsked())
        return;
    if (const Access access = m_service.deleteAccess(*stream); !access) {
        m_message->setMessage(Tone::Neutral, access.reason);
        return m_message->show();
    }
    auto *question = new RemovalQuestion(*stream, *message, this);
    connect(question, &RemovalQuestion::confirmed, this,
        [this, stream = *stream, message = *message] { remove(stream, message); });
    const auto renewQuestion = [this, question] {
        const std::optional<Stream> now = m_service.stream(m_stream);
        question->setAccess(now ? m_service.deleteAccess(*now) : Access::no(tr("The stream is not there any more.")));
    };
    connect(&m_service, &MessageService::accessChanged, question, renewQuestion);
    question->open();
}

void MessageBrowser::remove(const Stream &stream, const StreamMessage &message)
{
    m_removal = m_service.remove(stream, message);
    m_removal.then(this, [this, message](const Result<void> &removed) { tellRemoval(message, removed); });
    renewAccess();
}

void MessageBrowser::tellRemoval(const StreamMessage &message, const Result<void> &removed)
{
    m_removal.drop();
    const QString number = numberText(message.sequence);
    if (removed)
        m_message->setMessage(Tone::Good, tr("Message #%1 was deleted").arg(number));
    else if (removed.error().kind == Error::Kind::Timeout)
        m_message->setMessage(Tone::Warning, tr("It is not known yet whether message #%1 was deleted").arg(number),
            removed.error().summary, removed.error().detail);
    else
        m_message->setMessage(Tone::Warning, tr("Message #%1 was not deleted").arg(number), removed.error().summary,
            removed.error().detail);
    m_message->show();
    if (!m_pager->tail())
        m_pager->reload();
    renewAccess();
}

void MessageBrowser::addActions(QMenu *menu)
{
    const std::optional<Stream> stream = m_service.stream(m_stream);
    const Access gone = Access::no(tr("The stream is not there any more."));
    const Access idle =
        m_output->isRunning() ? Access::no(tr("An export is under way: wait for it, or stop it.")) : Access::yes();
    if (const std::shared_ptr<const StreamMessage> chosen = m_view->message())
        menu->addAction(tr("Save payload…"), this, [this, chosen] { m_output->savePayload(*chosen); });
    setAccess(menu->addAction(tr("Export…"), this, &MessageBrowser::askToExport), idle);
    setAccess(menu->addAction(tr("Delete…"), this, &MessageBrowser::askToDelete),
        stream ? m_service.deleteAccess(*stream) : gone);
    menu->setToolTipsVisible(true);
}
