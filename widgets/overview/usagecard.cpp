// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/usagecard.h"

#include "widgets/common/card.h"
#include "widgets/common/factlist.h"
#include "widgets/common/momenttext.h"

#include <QLocale>
#include <QVBoxLayout>

namespace {

template <typename Number> QString counted(const std::optional<Number> &number)
{
    return number ? QLocale().toString(qulonglong(*number)) : QString(QChar(0x2014));
}

/// What a volume holds and what JetStream takes of it are not the same.
QString roomText(const RuntimeSpec &spec)
{
    const QString room = maxFileStore(spec.storageGibibytes).text();
    const QString volume = QLocale().toString(spec.storageGibibytes);
    return spec.replicas == 1 ? UsageCard::tr("%1, 85 % of %2 GiB").arg(room, volume)
                              : UsageCard::tr("%1 a replica, 85 % of %2 GiB").arg(room, volume);
}

} // namespace

UsageCard::UsageCard(QWidget *parent)
    : QWidget(parent)
    , m_card(new Card(tr("Usage"), this))
    , m_facts(new FactList)
{
    m_card->body()->addWidget(m_facts);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);
    m_facts->setObjectName(QStringLiteral("usageFactList"));
    setUsage({}, {});
}

void UsageCard::setUsage(const RuntimeUsage &usage, const RuntimeSpec &spec, const std::optional<QDateTime> &since)
{
    m_card->setHeaderText(since ? tr("can't be read since %1").arg(momentText(*since)) : QString());
    m_facts->setFacts({
        {tr("Accounts"), counted(usage.accounts)},
        {tr("Streams"), counted(usage.streams)},
        {tr("Consumers"), counted(usage.consumers)},
        {tr("Messages"), counted(usage.messages)},
        {tr("Stored"), usage.bytes ? usage.bytes->text() : QString(QChar(0x2014))},
        {tr("Room for streams"), roomText(spec)},
    });
}
