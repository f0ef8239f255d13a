// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/rotatedialog.h"

#include "models/celltext.h"
#include "services/domain/runtime.h"
#include "widgets/accounts/accountwords.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/look.h"
#include "widgets/common/passwordhint.h"
#include "widgets/common/secretfield.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/wrappinglabel.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

using Overlap = RotationRequest::Overlap;

constexpr int dialogWidth = 560;

} // namespace

RotateDialog::RotateDialog(const Account &account, QWidget *parent)
    : RotateDialog(account, {}, account.connection.username, parent)
{
}

RotateDialog::RotateDialog(const Account &account, const AccountUser &user, QWidget *parent)
    : RotateDialog(account, user.name, serverUserName(account.name, user.name), parent)
{
}

RotateDialog::RotateDialog(const Account &account, const QString &user, const QString &login, QWidget *parent)
    : QuestionDialog(tr("Rotate the password of %1").arg(login), {}, parent)
    , m_account(account)
    , m_user(user)
    , m_login(login)
    , m_password(new SecretField(this))
    , m_passwordField(new Field(tr("New pass&word"), m_password, this))
    , m_overlap(new SegmentedChoice(this))
    , m_meaning(new WrappingLabel(this))
    , m_rotate(new QPushButton(tr("&Rotate password"), this))
    , m_cancel(new QPushButton(tr("&Cancel"), this))
{
    setObjectName(QStringLiteral("rotateDialog"));
    m_password->lineEdit()->setObjectName(QStringLiteral("newPasswordEdit"));
    m_password->setPlaceholder(tr("At least 12 characters"));
    m_overlap->setObjectName(QStringLiteral("overlapChoice"));
    m_meaning->setObjectName(QStringLiteral("rotationMeaningLabel"));
    m_rotate->setObjectName(QStringLiteral("confirmRotateButton"));
    m_rotate->setProperty("primary", true);
    m_rotate->setDefault(true);
    m_cancel->setObjectName(QStringLiteral("cancelRotateButton"));
    m_cancel->setAutoDefault(false);
    setMinimumWidth(dialogWidth);
    layOut();
    connect(m_password, &SecretField::secretChanged, this, &RotateDialog::renew);
    connect(m_password, &SecretField::generateRequested, this, [this] { m_password->setSecret(generatePassword()); });
    connect(m_overlap, &SegmentedChoice::currentChanged, this, &RotateDialog::renew);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_rotate, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] {
        Q_EMIT confirmed({m_account.name, m_user, m_password->secret(), overlap()});
    });
    m_password->setSecret(generatePassword());
    renew();
}

void RotateDialog::layOut()
{
    m_overlap->addChoice(tr("At once"), int(Overlap::None));
    m_overlap->addChoice(tr("Both until the old is unused"), int(Overlap::UntilUnused));
    m_overlap->addChoice(tr("Both until I end it"), int(Overlap::UntilEnded));
    m_overlap->setCurrentIndex(m_user.isEmpty() && !m_account.retiring ? 1 : 0);
    auto *overlap = new Field(tr("When the old one &ends"), m_overlap, this);
    if (m_account.retiring) {
        const QString reason =
            tr("%1 with an older password still works: end that first.").arg(m_account.retiring->username);
        for (int choice = 1; choice < m_overlap->count(); ++choice)
            m_overlap->setChoiceEnabled(choice, false, reason);
        overlap->setHint(reason);
    }
    overlap->setVisible(m_user.isEmpty());
    body()->addSpacing(Look::spaceS);
    body()->addWidget(m_passwordField);
    body()->addWidget(overlap);
    body()->addWidget(m_meaning);
    addButtons(m_cancel, m_rotate);
    setTabOrder(m_password, m_overlap);
    setTabOrder(m_overlap, m_cancel);
}

void RotateDialog::setConnected(const std::optional<int> &connected)
{
    m_connected = connected;
    renew();
}

void RotateDialog::setAccess(const Access &access)
{
    m_access = access;
    renew();
}

RotationRequest::Overlap RotateDialog::overlap() const
{
    return m_user.isEmpty() ? Overlap(m_overlap->currentData().toInt()) : Overlap::None;
}

QString RotateDialog::clientsText() const
{
    if (!m_connected)
        return tr("How many clients are connected as %1 is not known.").arg(m_login);
    if (*m_connected == 0)
        return tr("No client is connected as %1 now.").arg(m_login);
    if (*m_connected == 1)
        return tr("1 client is connected as %1 with the old password.").arg(m_login);
    return tr("%1 clients are connected as %2 with the old password.").arg(numberText(quint64(*m_connected)), m_login);
}

QString RotateDialog::meaning() const
{
    if (overlap() == Overlap::None)
        return tr("%1 Whoever uses the old one is disconnected at once, and refused until it has the new one. The "
                  "user name stays %2.")
            .arg(clientsText(), m_login);
    const QString change = tr("A NATS user has one password: the new one is that of user %1, so user name and password "
                              "both change, in the Secret too. Clients stay connected, and %2 with the old password "
                              "goes on to work")
                               .arg(nextClientUsername(m_account.name, m_account.connection.username), m_login);
    const QString unused = m_connected == 0
        ? tr("until no client is connected by it: as none is now, that is within half a minute, and one that connects "
             "only at times is refused then.")
        : tr("until no client is connected by it, for about 15 s.");
    const QString end = overlap() == Overlap::UntilUnused ? unused : tr("until somebody ends it here.");
    return QStringLiteral("%1 %2 %3").arg(clientsText(), change, end);
}

void RotateDialog::renew()
{
    m_meaning->setText(meaning());
    const FieldErrors wrong = validateClientPassword(m_password->secret().reveal());
    m_passwordField->setHint(passwordHint(m_password->secret(),
        m_user.isEmpty() ? tr("Written into the account's Secret.") : tr("Written into the user's Secret.")));
    m_passwordField->setError(wrong.isEmpty() ? QString() : wrong.constFirst().message);
    ::setAccess(m_rotate, m_access && !wrong.isEmpty() ? Access::no(wrong.constFirst().message) : m_access);
}
