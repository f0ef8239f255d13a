// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/credentialcard.h"

#include "widgets/common/card.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/fielderrors.h"
#include "widgets/common/painting.h"
#include "widgets/common/passwordhint.h"
#include "widgets/common/secretfield.h"

#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

CredentialCard::CredentialCard(QWidget *parent)
    : QWidget(parent)
    , m_password(new SecretField)
    , m_field(new Field(tr("Client &password"), m_password))
    , m_afterwards(
          new QLabel(tr("Kept in a Secret of the cluster. Overview shows it on request while NATS is ready; the tab "
                        "Accounts changes it.")))
{
    m_password->lineEdit()->setObjectName(QStringLiteral("clientPasswordEdit"));
    m_password->generateButton()->setObjectName(QStringLiteral("generatePasswordButton"));
    m_afterwards->setWordWrap(true);
    setTextRole(m_afterwards, Look::SoftText);
    auto *card = new Card(tr("Bootstrap Application Credential"), this);
    card->body()->addWidget(m_field);
    card->body()->addWidget(m_afterwards);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    renewHint();
    connect(m_password, &SecretField::secretChanged, this, &CredentialCard::renewHint);
    connect(m_password, &SecretField::secretChanged, this, [this] { Q_EMIT edited(QStringLiteral("password")); });
    connect(m_password, &SecretField::generateRequested, this, &CredentialCard::generate);
    setBootstrapping(true);
    setLocked({});
}

void CredentialCard::renewHint()
{
    m_field->setHint(passwordHint(m_password->secret(),
        tr("For the default application account. Kept in a Secret of the cluster, where Overview reads it.")));
}

void CredentialCard::setBootstrapping(bool bootstrapping)
{
    m_field->setVisible(bootstrapping);
    m_afterwards->setVisible(!bootstrapping);
}

void CredentialCard::setLocked(const QString &reason)
{
    // Who can't send one has no use for a password: the draft holds none then.
    const bool isIdle = !reason.isEmpty() && m_password->secret().isEmpty();
    m_password->setGenerateVisible(!isIdle);
    m_password->setPlaceholder(isIdle ? tr("Set by whoever enables NATS") : tr("At least 12 characters"));
    setDisabledReason(m_password, reason);
}

void CredentialCard::enterBy(FieldErrorDoor &door)
{
    door.addField(QStringLiteral("password"), m_field);
}

SecretString CredentialCard::password() const
{
    return m_password->secret();
}

void CredentialCard::generate()
{
    m_password->setSecret(generatePassword());
}

void CredentialCard::forget()
{
    m_password->setSecret({});
    m_password->setRevealed(false);
}
