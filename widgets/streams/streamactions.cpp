// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/streamactions.h"

#include "models/celltext.h"
#include "services/messaging/streamservice.h"
#include "widgets/common/actionquestion.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/words.h"

#include <QMenu>

StreamActions::StreamActions(StreamService &service, InlineMessage *message, QWidget *page)
    : QObject(page)
    , m_service(service)
    , m_message(message)
    , m_page(page)
{
}

void StreamActions::addTo(QMenu *menu, const Stream &stream)
{
    QAction *seal = menu->addAction(tr("Seal…"), this, [this, stream] { askToSeal(stream); });
    setAccess(seal, m_service.sealAccess(stream));
    QAction *step = menu->addAction(tr("Step leader down…"), this, [this, stream] { askToStepDown(stream); });
    setAccess(step, m_service.stepDownAccess(stream));
}

void StreamActions::askToSeal(const Stream &stream)
{
    ConfirmByTyping::Question question;
    question.title = tr("Seal the stream %1").arg(stream.id.name);
    question.text =
        tr("It keeps what it holds and takes nothing any more. Nothing unseals it: only deleting it is left. "
           "Clients that publish to its subjects get an error.");
    question.gone = {tr("Publishing, deleting and purging of messages, for good"),
        tr("Its max age: %1")
            .arg(counted(qint64(stream.messages), tr("the one message stays"), tr("the %1 messages stay"))),
        tr("Roll-ups; discard becomes new")};
    question.name = stream.id.name;
    question.buttonText = tr("Seal stream");
    auto *dialog = new ConfirmByTyping(question, m_page);
    connect(dialog, &ConfirmByTyping::confirmed, this, [this, stream] { seal(stream); });
    const auto renew = [this, dialog, stream] { dialog->setAccess(m_service.sealAccess(stream)); };
    connect(&m_service, &StreamService::accessChanged, dialog, renew);
    renew();
    dialog->open();
}

void StreamActions::seal(const Stream &stream)
{
    Pending<Stream> &kept = m_sealings[stream.id] = m_service.seal(stream);
    kept.then(this, [this, id = stream.id](const Result<Stream> &sealed) {
        m_sealings.erase(id);
        if (!sealed)
            return tellProblem(tr("%1 was not sealed").arg(id.name),
                tr("It is not known yet whether %1 was sealed; the table will show it").arg(id.name), sealed.error());
        m_message->setMessage(Tone::Good, tr("%1 is sealed.").arg(id.name));
        m_message->show();
    });
}

void StreamActions::askToStepDown(const Stream &stream)
{
    auto *dialog = new ActionQuestion({tr("Let another copy lead %1").arg(stream.id.name),
                                          tr("%1 leads it now and steps down; the copies elect another within seconds. "
                                             "Until then publishers wait or get an error, and consumers pause. No "
                                             "message is lost.")
                                              .arg(stream.leader),
                                          tr("&Step down")},
        m_page);
    connect(dialog, &ActionQuestion::confirmed, this, [this, stream] { stepDown(stream); });
    const auto renew = [this, dialog, stream] { dialog->setAccess(m_service.stepDownAccess(stream)); };
    connect(&m_service, &StreamService::accessChanged, dialog, renew);
    renew();
    dialog->open();
}

void StreamActions::stepDown(const Stream &stream)
{
    Pending<QString> &kept = m_steps[stream.id] = m_service.stepDown(stream);
    kept.then(this, [this, id = stream.id, before = stream.leader](const Result<QString> &leader) {
        m_steps.erase(id);
        if (!leader)
            return tellProblem(tr("The leader of %1 did not step down").arg(id.name),
                tr("It is not known yet who leads %1; its replicas will show it").arg(id.name), leader.error());
        m_message->setMessage(Tone::Good,
            *leader == before ? tr("%1 was elected again and leads %2.").arg(*leader, id.name)
                              : tr("%1 leads %2 now, in place of %3.").arg(*leader, id.name, before));
        m_message->show();
    });
}

void StreamActions::tellProblem(const QString &failed, const QString &unknown, const Error &error)
{
    const bool isUnknown = error.kind == Error::Kind::Timeout;
    m_message->setMessage(
        isUnknown ? Tone::Warning : Tone::Bad, isUnknown ? unknown : failed, error.summary, error.detail);
    m_message->show();
}
