// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounttablemodel.h"
#include "services/messaging/accountservice.h"
#include "widgets/accounts/accountdetail.h"
#include "widgets/accounts/accountform.h"
#include "widgets/accounts/rotatedialog.h"
#include "widgets/accounts/userform.h"
#include "widgets/common/listpage.h"
#include "widgets/common/look.h"
#include "widgets/common/tableview.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTimer>

namespace {

QString latin(const char *text)
{
    return QLatin1String(text);
}

AccountRow row(const QString &name, const QString &displayName, const AccountLimits &limits, const AccountUse &used)
{
    AccountRow made{name, {}, used};
    made.account.name = name;
    made.account.displayName = displayName;
    made.account.spec = {name, displayName, {}, limits, {}};
    made.account.connection = {name, latin("nats.pennant-messaging.svc.cluster.local"), 4222, name, {},
        name + latin("-client"), latin("pennant-messaging")};
    made.account.credential = CredentialState::Active;
    return made;
}

QList<AccountRow> madeUpAccounts(const QDateTime &now)
{
    QList<AccountRow> rows{
        row(latin("default"), latin("Default application"), {}, {4, 12, 5, ByteCount::mebibytes(312), 7}),
        row(latin("orders"), latin("Orders and payments"), {10, 20, 50}, {3, 17, 12, ByteCount::gibibytes(21), 42}),
        row(latin("edge"), latin("Edge devices"), {5, {}, 10}, {5, 31, 9, ByteCount::mebibytes(9830), 1204}),
        row(latin("billing"), latin("billing"), {{}, {}, 2}, {1, 0, 0, ByteCount::gibibytes(2), 0}),
        row(latin("telemetry"), latin("Telemetry"), {}, {}),
        row(latin("a-tenant-with-a-name-as-long-as-it-may-be"),
            latin("The department of conveyor belts and everything that moves on them, warehouse north"),
            {1000000, 1000000, 327680}, {999999, 123456, 99, ByteCount::gibibytes(123456), 65000}),
    };
    rows[1].account.spec.description =
        latin("What the shop sells and what people pay for it. Kept by the orders team.");
    rows[1].account.spec.users = {{latin("worker"),
                                      {{latin("orders.>"), latin("$JS.API.>")}, {latin("orders.internal.>")},
                                          {latin("orders.>"), latin("_INBOX.>")}, {}}},
        {latin("reporting"), {{}, {latin(">")}, {latin("orders.*.settled"), latin("_INBOX.>")}, {}}}};
    rows[1].account.credential = CredentialState::Rotating;
    rows[1].account.connection.username = latin("orders_2");
    rows[1].account.retiring = RetiringLogin{latin("orders"), now.addSecs(-372), true};
    rows[2].account.operation = AccountOperation{AccountOperation::Kind::Change, AccountOperation::State::Running,
        latin("1"), latin("ana@laptop"), now.addSecs(-4), {}};
    rows[3].account.operation = AccountOperation{AccountOperation::Kind::Create, AccountOperation::State::Failed,
        latin("2"), latin("bob@station"), now.addSecs(-400),
        Error{Error::Kind::Invalid, latin("A server refused the new configuration and goes on with the one before."),
            latin("nats-1: /etc/nats/accounts.conf:12:3: unknown field \"max_store\""), {}, {}}};
    rows[4].account.credential = CredentialState::Drifted;
    std::sort(rows.begin(), rows.end(), [](const AccountRow &a, const AccountRow &b) { return a.id < b.id; });
    return rows;
}

QList<ClientConnection> clients(const QDateTime &now)
{
    QList<ClientConnection> made;
    for (int i = 0; i < 40; ++i) {
        made.append({QStringLiteral("nats-%1").arg(i % 3), quint64(i), latin("orders"),
            i % 4       ? latin("orders_2")
                : i % 8 ? latin("orders")
                        : latin("orders.worker"),
            i % 5 ? QStringLiteral("checkout-%1").arg(i) : QString(),
            QStringLiteral("10.0.3.%1:5%2").arg(i).arg(1000 + i), i % 2 ? latin("nats.js 2.28.2") : latin("go 1.34.0"),
            now.addSecs(-i * 331), quint64(i) * 7654, quint64(i) * 91, 3});
    }
    return made;
}

AccountState stateOf(const AccountRow &row, const QDateTime &now)
{
    AccountState state;
    state.change = row.account.isInProgress() ? Access::no(latin("The account is being changed.")) : Access::yes();
    state.retry = state.reveal = state.kick = Access::yes();
    if (row.id == latin("orders"))
        state.clients = clients(now);
    else
        state.clients = QList<ClientConnection>{};
    if (row.id == latin("edge"))
        state.rollout = {{latin("nats-0"), true, {}}, {latin("nats-1"), true, {}}, {latin("nats-2"), false, {}}};
    if (row.id == latin("billing"))
        state.rollout = {{latin("nats-0"), true, {}},
            {latin("nats-1"), false, latin("/etc/nats/accounts.conf:12:3: unknown field \"max_store\"")}};
    return state;
}

void showForm(ListPage *page, const QString &show, const AccountRow &orders)
{
    FormPanel *form = nullptr;
    if (show == latin("edit") || show == latin("edit-lower")) {
        auto *made = new AccountForm(orders.account);
        made->setUsed(orders.used);
        form = made;
    } else if (show == latin("user")) {
        form = new UserForm(orders.account, {});
    } else {
        form = new AccountForm;
    }
    page->addPanel(form);
    page->showPanel(form);
    const auto enter = [form](const char *edit, const char *text) {
        form->findChild<QLineEdit *>(latin(edit))->setText(latin(text));
    };
    if (show == latin("edit-lower")) {
        enter("accountMaxStreamsEdit", "2");
        enter("accountMaxConsumersEdit", "10");
        enter("accountMaxStorageEdit", "20");
    }
    if (show == latin("user")) {
        enter("userNameEdit", "worker");
        enter("publishAllowedEdit", "orders.*.new, a..b");
        form->findChild<QPushButton *>(latin("createUserButton"))->click();
    }
    if (show == latin("form-wrong")) {
        enter("accountNameEdit", "Orders_1");
        enter("accountMaxStreamsEdit", "-3");
        form->findChild<QPushButton *>(latin("createAccountButton"))->click();
    }
}

ListPage *accountsPage(const QString &show, const QDateTime &now)
{
    auto *model = new AccountTableModel(qApp);
    auto *page = new ListPage({latin("Filter accounts"), latin("New account"), latin("account"), false}, model);
    using Model = AccountTableModel;
    page->setColumns(Model::DisplayNameColumn, 120,
        {Model::ConsumersColumn, Model::ConnectionsColumn, Model::StreamsColumn}, {Model::NameColumn});
    page->table()->sortByAtFirst(Model::NameColumn);
    page->setNewAccess(Access::yes());
    model->setRows(madeUpAccounts(now));
    page->setCount(latin("6 accounts"));
    const QString id = show.section(u':', 1, 1).isEmpty() ? latin("orders") : show.section(u':', 1, 1);
    const AccountRow shown = *model->find(id);
    const QString what = show.section(u':', 0, 0);
    page->table()->setCurrentIndex(model->indexOf(id));
    if (what == latin("list"))
        return page;
    if (what.startsWith(latin("form")) || what.startsWith(latin("edit")) || what == latin("user")) {
        showForm(page, what, shown);
        return page;
    }
    auto *detail = new AccountDetail;
    page->addPanel(detail);
    detail->setObject(shown, now);
    detail->setState(stateOf(shown, now));
    page->showPanel(detail);
    if (what == latin("users") || what == latin("clients"))
        detail->findChild<QTabBar *>()->setCurrentIndex(what == latin("users") ? 1 : 2);
    return page;
}

QWidget *dialog(const QString &show, const QDateTime &now)
{
    const AccountRow orders = madeUpAccounts(now).at(4);
    auto *made = show == latin("rotate-user") ? new RotateDialog(orders.account, orders.account.spec.users.first())
                                              : new RotateDialog(orders.account);
    made->setConnected(12);
    return made;
}

} // namespace

/// accounts_gallery (list|detail|users|clients|form|form-wrong|edit|edit-lower|user|rotate|rotate-user)[:account]
/// (light|dark) WxH [file]
int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(latin("accounts_gallery"));
    const QStringList arguments = QCoreApplication::arguments();
    Look::install(application, arguments.value(2) == latin("dark") ? Look::Scheme::Dark : Look::Scheme::Light);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString show = arguments.value(1);
    QWidget *page = show.startsWith(latin("rotate")) ? dialog(show, now) : accountsPage(show, now);
    const QStringList size = arguments.value(3, latin("1200x780")).split(u'x');
    if (!show.startsWith(latin("rotate")))
        page->resize(size.value(0).toInt(), size.value(1).toInt());
    page->show();
    if (arguments.size() > 4) {
        QTimer::singleShot(
            300, page, [page, &arguments] { QCoreApplication::exit(page->grab().save(arguments.at(4)) ? 0 : 1); });
    }
    return QApplication::exec();
}
