// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/usersview.h"

#include "widgets/accounts/accountwords.h"
#include "widgets/common/cardrow.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/secretrow.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {

WrappingLabel *permissionLabel(const QString &text, QWidget *parent)
{
    auto *label = new WrappingLabel(parent);
    label->setText(breakable(text));
    setTextRole(label, Look::SoftText);
    return label;
}

} // namespace

class UsersView::Row final : public CardRow {
public:
    Row(UsersView &view, const QString &account, const AccountUser &shown)
        : CardRow(&view)
        , m_name(shown.name)
        , m_password(new SecretRow(UsersView::tr("Password of %1").arg(shown.name), this))
    {
        setObjectName(QStringLiteral("accountUserRow"));
        auto *name = new ElidingLabel(serverUserName(account, shown.name), this);
        name->setFont(Look::nameFont());
        name->setElideMode(Qt::ElideMiddle);
        m_password->setObjectName(QStringLiteral("userPasswordRow"));
        m_password->setOnDemand(true);
        m_password->setLabelWidth(0);
        m_password->setLineBelow(false);
        auto *head = new QHBoxLayout;
        head->setSpacing(Look::spaceXs);
        head->addWidget(name, 1);
        head->addWidget(addButton("editUserButton", Icons::Name::Edit, UsersView::tr("Edit %1…")));
        head->addWidget(addButton("rotateUserButton", Icons::Name::Key, UsersView::tr("Rotate the password of %1…")));
        head->addWidget(addButton("removeUserButton", Icons::Name::Trash, UsersView::tr("Remove %1…")));
        const SubjectPermissions &may = shown.permissions;
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, Look::spaceS, 0, Look::spaceS);
        layout->setSpacing(Look::spaceXs);
        layout->addLayout(head);
        layout->addWidget(permissionLabel(
            UsersView::tr("Publishes to: %1").arg(permissionText(may.publishAllowed, may.publishDenied)), this));
        layout->addWidget(permissionLabel(
            UsersView::tr("Subscribes to: %1").arg(permissionText(may.subscribeAllowed, may.subscribeDenied)), this));
        layout->addWidget(m_password);
        connect(m_buttons.at(0), &QToolButton::clicked, &view, [this, &view] { Q_EMIT view.editRequested(m_name); });
        connect(m_buttons.at(1), &QToolButton::clicked, &view, [this, &view] { Q_EMIT view.rotateRequested(m_name); });
        connect(m_buttons.at(2), &QToolButton::clicked, &view, [this, &view] { Q_EMIT view.removeRequested(m_name); });
        connect(m_password, &SecretRow::secretWanted, &view, [this, &view] { Q_EMIT view.passwordWanted(m_name); });
    }

    const QString &name() const { return m_name; }
    SecretRow *password() const { return m_password; }
    void setAccess(const Access &change, const Access &reveal)
    {
        for (QToolButton *button : std::as_const(m_buttons))
            ::setAccess(button, change);
        m_password->setAccess(reveal);
    }

private:
    QToolButton *addButton(const char *objectName, Icons::Name icon, const QString &what)
    {
        auto *button = new QToolButton(this);
        button->setObjectName(QLatin1String(objectName));
        button->setIcon(Icons::icon(icon));
        button->setAutoRaise(true);
        button->setToolTip(plainToolTip(what.arg(m_name)));
        button->setAccessibleName(what.arg(m_name));
        m_buttons.append(button);
        return button;
    }

    QString m_name;
    QList<QToolButton *> m_buttons;
    SecretRow *m_password;
};

UsersView::UsersView(QWidget *parent)
    : QWidget(parent)
    , m_new(new QPushButton(tr("New &user…"), this))
    , m_problem(new InlineMessage(this))
    , m_empty(new EmptyState(Icons::Name::Key, tr("No other users"),
          tr("All clients use the managed login. Further users have passwords of their own, and may be held to "
             "some subjects."),
          this))
    , m_layout(new QVBoxLayout)
{
    m_new->setObjectName(QStringLiteral("newUserButton"));
    m_problem->setObjectName(QStringLiteral("userPasswordErrorMessage"));
    m_problem->setClosable(true);
    m_problem->hide();
    m_empty->setObjectName(QStringLiteral("usersEmptyState"));
    m_layout->setSpacing(0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::cardPadding, Look::spaceM, Look::cardPadding, Look::cardPadding);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_new, 0, Qt::AlignLeading);
    layout->addWidget(m_problem);
    layout->addWidget(m_empty);
    layout->addLayout(m_layout);
    layout->addStretch();
    connect(m_new, &QPushButton::clicked, this, &UsersView::newRequested);
    connect(m_problem, &InlineMessage::closed, m_problem, &QWidget::hide);
}

UsersView::~UsersView() = default;

void UsersView::setAccount(const Account &account)
{
    if (account.name == m_account && account.spec.users == m_users)
        return;
    if (account.name != m_account)
        m_problem->hide();
    m_account = account.name;
    m_users = account.spec.users;
    qDeleteAll(std::exchange(m_rows, {}));
    for (const AccountUser &user : std::as_const(m_users))
        addRow(user);
    m_empty->setVisible(m_users.isEmpty());
}

void UsersView::addRow(const AccountUser &user)
{
    auto *row = new Row(*this, m_account, user);
    row->setLast(m_rows.size() + 1 == m_users.size());
    row->setAccess(m_change, m_reveal);
    m_layout->addWidget(row);
    m_rows.append(row);
}

void UsersView::setAccess(const Access &change, const Access &reveal)
{
    if (change == m_change && reveal == m_reveal)
        return;
    m_change = change;
    m_reveal = reveal;
    ::setAccess(m_new, change);
    for (Row *row : std::as_const(m_rows))
        row->setAccess(change, reveal);
}

UsersView::Row *UsersView::rowOf(const QString &user) const
{
    const auto found =
        std::find_if(m_rows.cbegin(), m_rows.cend(), [&user](const Row *row) { return row->name() == user; });
    return found == m_rows.cend() ? nullptr : *found;
}

void UsersView::setPassword(const QString &user, const SecretString &password)
{
    m_problem->hide();
    if (Row *row = rowOf(user); row && row->password()->isWanted())
        row->password()->setSecret(password);
}

void UsersView::setPasswordError(const QString &user, const Error &error)
{
    if (Row *row = rowOf(user))
        row->password()->forget();
    m_problem->setError(error);
    m_problem->show();
}
