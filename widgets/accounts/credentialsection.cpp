// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/credentialsection.h"

#include "models/accountstanding.h"
#include "models/relativetime.h"
#include "widgets/common/celldelegate.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/painting.h"
#include "widgets/common/statusbadge.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

constexpr int labelWidth = 84;

QString oldClientsText(const QString &login, const std::optional<int> &clients)
{
    if (!clients)
        return CredentialSection::tr("How many clients still use %1 is not known.").arg(login);
    if (*clients == 0)
        return CredentialSection::tr("No client uses %1 any more.").arg(login);
    return *clients == 1 ? CredentialSection::tr("1 client still uses %1.").arg(login)
                         : CredentialSection::tr("%1 clients still use %2.").arg(*clients).arg(login);
}

} // namespace

CredentialSection::CredentialSection(QWidget *parent)
    : QWidget(parent)
    , m_badge(new StatusBadge(this))
    , m_explanation(new WrappingLabel(this))
    , m_username(new CopyableRow(tr("Username"), {}, this))
    , m_secret(new CopyableRow(tr("Secret"), {}, this))
    , m_overlap(new InlineMessage(this))
    , m_rotate(new QPushButton(tr("Rotate passw&ord…"), this))
{
    m_badge->setObjectName(QStringLiteral("credentialBadge"));
    m_explanation->setObjectName(QStringLiteral("credentialExplanation"));
    setTextRole(m_explanation, Look::SoftText);
    m_username->setObjectName(QStringLiteral("accountUsernameRow"));
    m_secret->setObjectName(QStringLiteral("accountSecretRow"));
    m_secret->setToolTip(tr("Workloads in the same namespace can mount this Secret (Service Binding)"));
    m_secret->setLineBelow(false);
    for (CopyableRow *row : {m_username, m_secret})
        row->setLabelWidth(labelWidth);
    m_overlap->setObjectName(QStringLiteral("overlapMessage"));
    m_overlap->setAction(tr("End overlap now…"));
    m_overlap->actionButton()->setObjectName(QStringLiteral("endOverlapButton"));
    m_overlap->hide();
    m_rotate->setObjectName(QStringLiteral("rotateButton"));

    auto *title = new QLabel(tr("Default Client Credential"), this);
    title->setFont(Look::titleFont());
    auto *head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(m_badge);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addLayout(head);
    layout->addWidget(m_explanation);
    layout->addWidget(m_overlap);
    auto *rows = new QVBoxLayout;
    rows->setSpacing(0);
    rows->addWidget(m_username);
    rows->addWidget(m_secret);
    layout->addLayout(rows);
    layout->addWidget(m_rotate, 0, Qt::AlignLeading);
    connect(m_rotate, &QPushButton::clicked, this, &CredentialSection::rotateRequested);
    connect(m_overlap, &InlineMessage::actionTriggered, this, &CredentialSection::endOverlapRequested);
}

void CredentialSection::setAccount(const Account &account, const std::optional<int> &oldClients, const QDateTime &now)
{
    const AccountStanding standing = credentialStandingOf(account);
    m_badge->setStatus(lookOf(standing.tone), standing.text);
    const QString lost = tr("The password that was typed when the account was made was never stored: the one in force "
                            "was generated. Rotate it, or take the new one from Connection.");
    m_explanation->setText(
        account.hasLostPassword ? QStringLiteral("%1 %2").arg(standing.explanation, lost) : standing.explanation);
    if (m_username->value() != account.connection.username)
        m_username->setValue(account.connection.username);
    if (m_secret->value() != account.connection.secretName)
        m_secret->setValue(account.connection.secretName);
    if (account.retiring)
        showOverlap(*account.retiring, oldClients, now);
    else
        m_overlap->hide();
}

void CredentialSection::showOverlap(
    const RetiringLogin &retiring, const std::optional<int> &oldClients, const QDateTime &now)
{
    const QString title = tr("%1 with the old password still works").arg(retiring.username);
    const QString end = retiring.endsWhenUnused
        ? tr("It ends once nobody does, while Pennant is open with somebody who may change accounts.")
        : tr("It goes on until somebody ends it.");
    const QString text = QStringLiteral("%1 %2 %3")
                             .arg(tr("Begun %1.").arg(relativeTime(retiring.since, now)),
                                 oldClientsText(retiring.username, oldClients), end);
    if (m_overlap->title() != title)
        m_overlap->setMessage(Tone::Accent, title, text);
    else if (m_overlap->text() != text)
        m_overlap->setTextQuietly(text);
    m_overlap->setAction(tr("End overlap now…"));
    m_overlap->show();
}

void CredentialSection::setAccess(const Access &access)
{
    ::setAccess(m_rotate, access);
    ::setAccess(m_overlap->actionButton(), access);
}
