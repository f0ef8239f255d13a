// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/connectioncard.h"

#include "widgets/common/card.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/copyrolebutton.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/icons.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/secretrow.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/connection/clientexamples.h"
#include "widgets/connection/examplesview.h"
#include "widgets/connection/keptpasswordline.h"
#include "widgets/connection/testview.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace {

constexpr int labelWidth = 124;

QVBoxLayout *bareLayout(QWidget *widget, int spacing)
{
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    return layout;
}

CopyableRow *copyableRow(const QString &label, const char *name)
{
    auto *row = new CopyableRow(label);
    row->setObjectName(QLatin1String(name));
    row->setLabelWidth(labelWidth);
    return row;
}

SecretRow *secretRow(const QString &label, const char *name)
{
    auto *row = new SecretRow(label);
    row->setObjectName(QLatin1String(name));
    row->setLabelWidth(labelWidth);
    row->setOnDemand(true);
    return row;
}

QLabel *captionLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setFont(Look::captionFont());
    label->setWordWrap(true);
    setTextRole(label, Look::SoftText);
    return label;
}

QWidget *accountLine(QComboBox *combo)
{
    auto *line = new QWidget;
    auto *label = new QLabel(ConnectionCard::tr("Application account"), line);
    label->setBuddy(combo);
    label->setFixedWidth(labelWidth);
    setTextRole(label, Look::SoftText);
    auto *hint = new QLabel(ConnectionCard::tr("for workloads inside the cluster"), line);
    hint->setFont(Look::captionFont());
    setTextRole(hint, Look::SoftText);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(label);
    layout->addWidget(combo, 1);
    layout->addWidget(hint);
    return line;
}

} // namespace

ConnectionCard::ConnectionCard(QWidget *parent)
    : QWidget(parent)
    , m_card(new Card(tr("Connection"), this))
    , m_view(new SegmentedChoice)
    , m_content(new QWidget)
    , m_accountLine(nullptr)
    , m_account(new QComboBox)
    , m_problem(new InlineMessage)
    , m_passwordError(new InlineMessage)
    , m_passwordRefused(new InlineMessage)
    , m_kept(new KeptPasswordLine)
    , m_nothing(new QLabel(tr("The accounts are being read from the cluster\u2026")))
    , m_examples(new ExamplesView(labelWidth))
    , m_test(new TestView(labelWidth))
{
    m_view->setObjectName(QStringLiteral("connectionViewChoice"));
    m_view->setAccessibleName(tr("What to show of the connection"));
    for (const QString &label : {tr("Parameters"), tr("Client URL"), tr("Examples")})
        m_view->addChoice(label);
    m_card->addHeaderWidget(m_view);
    m_account->setObjectName(QStringLiteral("connectionAccountCombo"));
    m_account->setAccessibleName(tr("Application account"));
    m_account->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_account->setMinimumContentsLength(14);
    m_problem->setObjectName(QStringLiteral("accountsProblemMessage"));
    m_passwordError->setObjectName(QStringLiteral("passwordErrorMessage"));
    m_passwordError->setClosable(true);
    m_passwordRefused->setObjectName(QStringLiteral("passwordRefusedMessage"));
    m_passwordRefused->setAction(tr("Copy Role"));
    m_passwordRefused->actionButton()->setIcon(Icons::icon(Icons::Name::Copy));
    m_passwordRefused->actionButton()->setObjectName(QStringLiteral("copyPasswordRoleButton"));
    setTextRole(m_nothing, Look::SoftText);

    m_views = {buildParameters(), buildClientUrl(), m_examples};
    m_accountLine = accountLine(m_account);
    auto *content = bareLayout(m_content, Look::spaceS);
    content->addWidget(m_accountLine);
    content->addWidget(m_passwordError);
    content->addWidget(m_passwordRefused);
    for (QWidget *view : std::as_const(m_views))
        content->addWidget(view);
    content->addWidget(m_kept);
    content->addWidget(m_test);
    m_card->body()->addWidget(m_problem);
    m_card->body()->addWidget(m_nothing);
    m_card->body()->addWidget(m_content);
    bareLayout(this, 0)->addWidget(m_card);

    connect(m_view, &SegmentedChoice::currentChanged, this, &ConnectionCard::showView);
    connect(m_account, &QComboBox::currentIndexChanged, this, &ConnectionCard::renewAccount);
    for (SecretRow *row : {m_password, m_clientUrl})
        connect(row, &SecretRow::secretWanted, this, &ConnectionCard::askForPassword);
    connect(m_passwordRefused, &InlineMessage::actionTriggered, this,
        [this] { copyGrant(m_passwordRefused->actionButton(), m_grant); });
    showView(0);
    m_passwordError->hide();
    m_passwordRefused->hide();
    setAccounts({});
}

QWidget *ConnectionCard::buildParameters()
{
    m_host = copyableRow(tr("Host"), "hostRow");
    m_port = copyableRow(tr("Port"), "portRow");
    m_username = copyableRow(tr("Username"), "usernameRow");
    m_password = secretRow(tr("Password"), "passwordRow");
    m_webSocketUrl = copyableRow(tr("WebSocket URL"), "webSocketUrlRow");
    m_secretName = copyableRow(tr("Secret"), "secretNameRow");
    m_secretName->setToolTip(tr("Workloads in the same namespace can mount this Secret (Service Binding)"));
    m_webSocketUrl->setLineBelow(false);
    m_forwarding = copyableRow(tr("Port forwarding"), "webSocketForwardingRow");
    m_forwarding->setLineBelow(false);
    m_webSocketHint = captionLabel({});
    m_webSocketHint->setObjectName(QStringLiteral("webSocketHintLabel"));
    m_webSocketHint->setContentsMargins(labelWidth + Look::spaceS, 0, 0, Look::spaceS);
    auto *page = new QWidget;
    auto *layout = bareLayout(page, 0);
    for (QWidget *row : {static_cast<QWidget *>(m_host), static_cast<QWidget *>(m_port),
             static_cast<QWidget *>(m_username), static_cast<QWidget *>(m_password),
             static_cast<QWidget *>(m_secretName), static_cast<QWidget *>(m_webSocketUrl),
             static_cast<QWidget *>(m_webSocketHint), static_cast<QWidget *>(m_forwarding)})
        layout->addWidget(row);
    return page;
}

QWidget *ConnectionCard::buildClientUrl()
{
    m_clientUrl = secretRow(tr("Client URL"), "clientUrlRow");
    m_clientUrl->setLineBelow(false);
    m_clientUrl->setLabelWidth(0);
    auto *hint =
        captionLabel(tr("Holds the password: treat it like one. Applications take it as their NATS server address."));
    auto *page = new QWidget;
    auto *layout = bareLayout(page, Look::spaceXs);
    m_encodedNote = captionLabel(
        tr("The password has characters that stand percent-encoded in a URL. Some clients, nats-py among them, don't "
           "decode them and are refused: give those user and password separately."));
    m_encodedNote->setObjectName(QStringLiteral("clientUrlEncodedLabel"));
    m_encodedNote->hide();
    layout->addWidget(m_clientUrl);
    layout->addWidget(hint);
    layout->addWidget(m_encodedNote);
    return page;
}

void ConnectionCard::setAccounts(const QList<Account> &accounts, const std::optional<Error> &problem)
{
    showProblem(problem);
    m_content->setVisible(!accounts.isEmpty());
    setDisabledReason(m_view, accounts.isEmpty() ? (problem ? problem->summary : m_nothing->text()) : QString());
    m_nothing->setVisible(accounts.isEmpty() && !problem);
    if (accounts == m_accounts)
        return;
    const QString chosen = currentAccount();
    m_accounts = accounts;
    const QSignalBlocker blocker(m_account);
    m_account->clear();
    for (const Account &account : accounts) {
        m_account->addItem(account.name, account.name);
        m_account->setItemData(m_account->count() - 1, plainToolTip(account.displayName), Qt::ToolTipRole);
    }
    m_account->setCurrentIndex(std::max(0, m_account->findData(chosen)));
    renewAccount();
}

void ConnectionCard::showProblem(const std::optional<Error> &problem)
{
    if (!problem)
        m_problem->hide();
    else
        m_problem->showStanding(Tone::Bad, problem->summary, {}, problem->detail);
}

QString ConnectionCard::currentAccount() const
{
    return m_account->currentData().toString();
}

std::optional<Account> ConnectionCard::current() const
{
    const auto found = std::find_if(m_accounts.cbegin(), m_accounts.cend(),
        [name = currentAccount()](const Account &account) { return account.name == name; });
    return found == m_accounts.cend() ? std::nullopt : std::optional(*found);
}

void ConnectionCard::renewAccount()
{
    const auto account = current();
    const ConnectionDetails details = account ? account->connection : ConnectionDetails{};
    if (details == m_shown)
        return;
    m_shown = details;
    m_password->forget();
    m_clientUrl->forget();
    m_passwordError->hide();
    m_encodedNote->hide();
    m_host->setValue(details.host);
    m_port->setValue(QString::number(details.port));
    m_username->setValue(details.username);
    m_webSocketUrl->setValue(details.webSocketUrl);
    const bool hasWebSocket = !details.webSocketUrl.isEmpty();
    m_webSocketUrl->setVisible(hasWebSocket);
    m_webSocketHint->setVisible(hasWebSocket);
    m_forwarding->setVisible(hasWebSocket);
    m_secretName->setLineBelow(hasWebSocket);
    m_secretName->setValue(details.secretName);
    m_clientUrl->setPlaceholder(maskedClientUrl(details));
    m_kept->setUnconfirmed({});
    renewCommands();
    Q_EMIT detailsChanged();
}

void ConnectionCard::setPicker(bool isShown)
{
    m_accountLine->setVisible(isShown);
    m_card->setTitle(isShown ? tr("Connection") : QString()); // else whoever holds it has called it so
}

void ConnectionCard::setKubectl(const KubectlTarget &kubectl)
{
    if (std::exchange(m_kubectl, kubectl) != kubectl)
        renewCommands();
}

void ConnectionCard::renewCommands()
{
    const QString hint = webSocketHint(m_shown);
    m_webSocketHint->setText(hint);
    m_forwarding->setValue(webSocketForwarding(m_shown, m_kubectl));
    m_webSocketUrl->setToolTip(hint);
    m_examples->setExamples(clientExamples(m_shown, m_kubectl));
}

void ConnectionCard::showView(int view)
{
    for (int i = 0; i < m_views.size(); ++i)
        m_views[i]->setVisible(i == view);
}

void ConnectionCard::askForPassword()
{
    m_passwordError->hide();
    Q_EMIT passwordWanted(currentAccount());
}

void ConnectionCard::setRevealAccess(const Access &access, const QString &grant)
{
    m_grant = grant;
    m_password->setAccess(access);
    m_clientUrl->setAccess(access);
    m_passwordRefused->setVisible(!grant.isEmpty());
    if (!grant.isEmpty())
        m_passwordRefused->showStanding(Tone::Neutral, tr("You may not read the password"), access.reason);
}

void ConnectionCard::setPassword(const QString &account, const SecretString &password)
{
    if (account != currentAccount())
        return;
    if (m_password->isWanted())
        m_password->setSecret(password);
    if (!m_clientUrl->isWanted())
        return;
    m_clientUrl->setSecret(clientUrl(m_shown, password));
    m_encodedNote->setVisible(isEncodedInUrl(password));
}

void ConnectionCard::setPasswordError(const QString &account, const Error &error)
{
    if (account != currentAccount())
        return;
    m_password->forget();
    m_clientUrl->forget();
    m_passwordError->setError(error);
    m_passwordError->show();
}
