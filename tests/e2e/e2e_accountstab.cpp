// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/othertools.h"
#include "tests/e2e/windowtest.h"
#include "tests/support/rawnats.h"
#include "widgets/common/look.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QRegularExpression>
#include <QTabBar>
#include <QTableView>
#include <QTest>

namespace {

const QString messagingNamespace = QStringLiteral("pennant-messaging");
const QString firstPassword = QStringLiteral("the first of shop-4711");
const QString secondPassword = QStringLiteral("the second of shop-4711");
const QString thirdPassword = QStringLiteral("the third of shop-4711");

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// What a person does on the Accounts tab, while clients are connected to three servers.
class AccountsTabTest final : public WindowTest {
    Q_OBJECT

private:
    /// Connected as a client of the runtime, through one pod.
    struct Client {
        std::unique_ptr<OtherTools::Forward> forward;
        std::unique_ptr<RawNats> nats;

        bool isOpen() const { return nats && nats->isOpen(); }
        QByteArray ask(const QByteArray &subject, const QByteArray &payload = {}) const
        {
            return nats->ask(subject, "_INBOX.test", payload);
        }
    };

    static Client client(const char *user, const QString &password)
    {
        Client made{std::make_unique<OtherTools::Forward>(messagingNamespace, text("pod/nats-0"), 4222), {}};
        made.nats = std::make_unique<RawNats>(quint16(made.forward->localPort()), text(user), SecretString(password));
        if (made.isOpen())
            made.nats->subscribe("_INBOX.test");
        return made;
    }

    static QByteArray streamConfig(const QByteArray &name)
    {
        return "{\"name\":\"" + name + "\",\"subjects\":[\"" + name + ".>\"],\"num_replicas\":3}";
    }

    QString cell(const QString &account, const QString &header)
    {
        const QAbstractItemModel *model = m_driver->find<QTableView>(text("accountTable"))->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                const bool isWanted = model->index(row, 0).data().toString() == account
                    && model->headerData(column, Qt::Horizontal).toString() == header;
                if (isWanted)
                    return model->index(row, column).data().toString();
            }
        }
        return {};
    }

    bool comesToBe(const QString &account, const QString &header, const QString &wanted)
    {
        return m_driver->waitFor([&] { return cell(account, header) == wanted; }, 150);
    }

    void clickRow(const QString &account)
    {
        auto *table = m_driver->find<QTableView>(text("accountTable"));
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QModelIndex index = table->model()->index(row, 0);
            if (index.data().toString() == account)
                QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
        }
    }

    void openPage(int page) { m_driver->find<QTabBar>(text("detailTabs"))->setCurrentIndex(page); }

    void rotate(const QString &choice, const QString &password)
    {
        m_driver->click(text("rotateButton"));
        m_driver->type(text("newPasswordEdit"), password);
        m_driver->press(text("overlapChoice"), choice);
    }

private Q_SLOTS:
    void enablesNats()
    {
        openWindow();
        m_driver->click(text("overviewEnableButton"));
        m_driver->choose(text("storageClassCombo"), text("standard"));
        m_driver->type(text("storageEdit"), text("1"));
        m_driver->press(text("replicasChoice"), text("3"));
        m_driver->click(text("enableNatsButton"));
        m_driver->openTab(text("Accounts"));
        m_driver->screenshot(text("accounts-gate"));
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge"), 300), qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("default"), text("accountTable")), qPrintable(m_driver->failure()));
        QVERIFY2(comesToBe(text("default"), text("Credential"), text("Active")),
            qPrintable(cell(text("default"), text("Credential"))));
        clickRow(text("default"));
        QVERIFY2(m_driver->refuses(text("deleteAccountButton"), text("default")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("accounts-default"));
    }

    void makesAnAccount()
    {
        m_driver->click(text("newAccountButton"));
        m_driver->type(text("accountNameEdit"), text("shop"));
        m_driver->type(text("accountDisplayNameEdit"), text("Web shop"));
        m_driver->type(text("accountDescriptionEdit"), text("What people order and pay"));
        m_driver->type(text("accountMaxStreamsEdit"), text("2"));
        m_driver->type(text("accountMaxConsumersEdit"), text("10"));
        m_driver->type(text("accountMaxStorageEdit"), text("1"));
        m_driver->type(text("accountPasswordEdit"), firstPassword);
        m_driver->screenshot(text("accounts-form"));
        QElapsedTimer watch;
        watch.start();
        m_driver->click(text("createAccountButton"));
        QVERIFY2(m_driver->shows(text("shop"), text("accountDetail")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("accounts-being-made"));
        QVERIFY2(comesToBe(text("shop"), text("Credential"), text("Active")),
            qPrintable(cell(text("shop"), text("Credential"))));
        qInfo("the window shows a new account on all servers after %.1f s", double(watch.elapsed()) / 1000);
        QVERIFY(client("shop", firstPassword).isOpen());
        QVERIFY(!m_driver->textIn().contains(firstPassword));
    }

    void lowersALimitBelowWhatIsUsed()
    {
        const Client shop = client("shop", firstPassword);
        for (const char *stream : {"orders", "audit"})
            QVERIFY(shop.ask(QByteArray("$JS.API.STREAM.CREATE.") + stream, streamConfig(stream))
                        .contains("\"num_replicas\":3"));
        QVERIFY(!shop.nats->publish("orders.1", {}, "an order").contains("-ERR"));
        QVERIFY2(
            comesToBe(text("shop"), text("Streams"), text("2 / 2")), qPrintable(cell(text("shop"), text("Streams"))));
        QVERIFY2(comesToBe(text("shop"), text("Connections"), text("1")),
            qPrintable(cell(text("shop"), text("Connections"))));
        m_driver->click(text("editAccountButton"));
        m_driver->type(text("accountMaxStreamsEdit"), text("1"));
        QVERIFY2(m_driver->shows(text("10027"), text("loweredLimitMessage")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("accounts-lowered"));
        m_driver->click(text("createEditedAccountButton"));
        QVERIFY2(m_driver->shows(text("2 of 1 streams"), text("accountDetail")), qPrintable(m_driver->failure()));
        QVERIFY2(comesToBe(text("shop"), text("Credential"), text("Active")),
            qPrintable(cell(text("shop"), text("Credential"))));
        QVERIFY(shop.ask("$JS.API.STREAM.NAMES").contains("\"total\":2"));
        QVERIFY(shop.ask("$JS.API.STREAM.CREATE.third", streamConfig("third")).contains("10027"));
    }

    void rotatesAtOnce()
    {
        const Client connected = client("shop", firstPassword);
        QVERIFY2(comesToBe(text("shop"), text("Connections"), text("1")),
            qPrintable(cell(text("shop"), text("Connections"))));
        rotate(text("At once"), secondPassword);
        QVERIFY2(m_driver->shows(text("1 client is connected as shop"), text("rotateDialog")),
            qPrintable(m_driver->failure()));
        m_driver->screenshot(text("accounts-rotate"));
        m_driver->click(text("confirmRotateButton"));
        QVERIFY(m_driver->waitFor([] { return client("shop", secondPassword).isOpen(); }, 150));
        QVERIFY2(comesToBe(text("shop"), text("Credential"), text("Active")),
            qPrintable(cell(text("shop"), text("Credential"))));
        QVERIFY(!client("shop", firstPassword).isOpen());
        QVERIFY(!connected.nats->say({}).contains("PONG"));
    }

    void rotatesWithAnOverlapAndEndsIt()
    {
        const Client connected = client("shop", secondPassword);
        rotate(text("Both until I end it"), thirdPassword);
        QVERIFY2(m_driver->shows(text("shop_2"), text("rotateDialog")), qPrintable(m_driver->failure()));
        m_driver->click(text("confirmRotateButton"));
        QVERIFY2(comesToBe(text("shop"), text("Credential"), text("Rotating")),
            qPrintable(cell(text("shop"), text("Credential"))));
        QVERIFY(client("shop_2", thirdPassword).isOpen());
        QVERIFY(connected.nats->say({}).contains("PONG"));
        QVERIFY2(
            m_driver->shows(text("1 client still uses shop"), text("overlapMessage")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("accounts-overlap"));
        m_driver->click(text("endOverlapButton"));
        m_driver->screenshot(text("accounts-end-overlap"));
        m_driver->click(text("confirmActionButton"));
        QVERIFY2(comesToBe(text("shop"), text("Credential"), text("Active")),
            qPrintable(cell(text("shop"), text("Credential"))));
        QVERIFY(!connected.nats->say({}).contains("PONG"));
        QVERIFY(!client("shop", secondPassword).isOpen());
        QVERIFY(client("shop_2", thirdPassword).isOpen());
    }

    void addsAUser()
    {
        openPage(1);
        m_driver->click(text("newUserButton"));
        m_driver->type(text("userNameEdit"), text("worker"));
        m_driver->type(text("publishAllowedEdit"), text("jobs.>"));
        m_driver->screenshot(text("accounts-user-form"));
        m_driver->click(text("createUserButton"));
        QVERIFY2(m_driver->shows(text("jobs.>"), text("accountUserRow")), qPrintable(m_driver->failure()));
        QVERIFY2(comesToBe(text("shop"), text("Credential"), text("Active")),
            qPrintable(cell(text("shop"), text("Credential"))));
        QWidget *row = m_driver->find<QWidget>(text("userPasswordRow"));
        QTest::mouseClick(row->findChild<QWidget *>(text("revealButton")), Qt::LeftButton);
        const auto *value = row->findChild<QLabel *>(text("valueLabel"));
        static const QRegularExpression generated(text("\\A[A-Za-z0-9]{24}\\z"));
        QVERIFY(m_driver->waitFor([value] { return generated.match(value->text()).hasMatch(); }));
        const QString password = value->text();
        QTest::mouseClick(row->findChild<QWidget *>(text("revealButton")), Qt::LeftButton);
        QVERIFY(!m_driver->textIn().contains(password));
        m_driver->screenshot(text("accounts-users"));
        const Client worker = client("shop.worker", password);
        QVERIFY(worker.isOpen());
        QVERIFY(!worker.nats->publish("jobs.1").contains("-ERR"));
        QVERIFY(worker.nats->publish("orders.2").contains("Permissions Violation"));
    }

    void kicksAClient()
    {
        const Client kicked = client("shop_2", thirdPassword);
        openPage(2);
        QVERIFY2(m_driver->shows(text("shop_2"), text("clientTable")), qPrintable(m_driver->failure()));
        auto *table = m_driver->find<QTableView>(text("clientTable"));
        // those of the steps before are seen until the servers are asked again, every 5 s
        QTest::qWait(7000);
        QVERIFY(m_driver->waitFor([table] { return table->model()->rowCount() == 1; }));
        QTest::mouseClick(
            table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 0)).center());
        m_driver->screenshot(text("accounts-clients"));
        m_driver->click(text("kickButton"));
        m_driver->screenshot(text("accounts-kick"));
        m_driver->click(text("confirmActionButton"));
        QVERIFY2(m_driver->shows(text("No clients are connected"), text("clientsEmptyState")),
            qPrintable(m_driver->failure()));
        QVERIFY(!kicked.nats->say({}).contains("PONG"));
    }

    void fitsASmallDarkWindow()
    {
        QWidget *window = m_driver->find<QWidget>(text("accountsPage"))->window();
        const QSize before = window->size();
        openPage(0);
        window->resize(1024, 700);
        Look::apply(*qApp, Look::Scheme::Dark);
        m_driver->screenshot(text("accounts-small-detail"));
        openPage(1);
        m_driver->screenshot(text("accounts-small-users"));
        QTest::keyClick(window->focusWidget(), Qt::Key_Escape);
        m_driver->screenshot(text("accounts-small-list"));
        Look::apply(*qApp, Look::Scheme::Light);
        window->resize(before);
    }

    void deletesAnAccountWithAllItHolds()
    {
        clickRow(text("shop"));
        m_driver->click(text("deleteAccountButton"));
        QVERIFY2(m_driver->shows(text("2 streams"), text("confirmByTypingDialog")), qPrintable(m_driver->failure()));
        m_driver->type(text("confirmNameEdit"), text("shop"));
        m_driver->screenshot(text("accounts-delete"));
        m_driver->click(text("confirmDangerButton"));
        QVERIFY(
            m_driver->waitFor([this] { return !m_driver->textIn(text("accountTable")).contains(text("shop")); }, 150));
        QVERIFY(!client("shop_2", thirdPassword).isOpen());
        QVERIFY(!OtherTools::kubectl(
            {text("get"), text("secrets,configmaps"), text("-n"), messagingNamespace, text("-o"), text("name")})
                     .contains(text("shop")));
        m_driver->screenshot(text("accounts-deleted"));
    }
};

int main(int argc, char **argv)
{
    const std::unique_ptr<QApplication> application = createTestApplication(argc, argv);
    AccountsTabTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_accountstab.moc"
