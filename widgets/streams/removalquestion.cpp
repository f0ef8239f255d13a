// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/removalquestion.h"

#include "models/celltext.h"
#include "services/domain/messagepayload.h"
#include "widgets/common/disabledreason.h"

#include <QPushButton>

namespace {

QString meaningOf(const Stream &stream, const StreamMessage &message)
{
    const QString subject = payloadPreview(message.subject.toUtf8());
    const QString consumers =
        stream.consumerCount > 0 ? RemovalQuestion::tr(" Consumers that have not delivered it skip it.") : QString();
    return RemovalQuestion::tr(
               "The message on %1 (%2) is deleted from the stream at once, and overwritten on the disk: "
               "nothing brings it back.")
               .arg(subject, ByteCount{message.payload.size()}.text())
        + consumers;
}

} // namespace

RemovalQuestion::RemovalQuestion(const Stream &stream, const StreamMessage &message, QWidget *parent)
    : QuestionDialog(tr("Delete message #%1 of %2").arg(numberText(message.sequence), stream.id.name),
        meaningOf(stream, message), parent)
    , m_delete(new QPushButton(tr("Delete message"), this))
{
    setObjectName(QStringLiteral("deleteMessageDialog"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelDeleteMessageButton"));
    m_delete->setObjectName(QStringLiteral("confirmDeleteMessageButton"));
    m_delete->setProperty("danger", true);
    m_delete->setProperty("primary", true);
    for (QPushButton *button : {cancel, m_delete})
        button->setAutoDefault(false);
    addButtons(cancel, m_delete);
    cancel->setFocus();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_delete, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, &RemovalQuestion::confirmed);
}

void RemovalQuestion::setAccess(const Access &access)
{
    ::setAccess(m_delete, access);
}
