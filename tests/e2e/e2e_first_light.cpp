// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/othertools.h"
#include "tests/e2e/windowtest.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QTabBar>
#include <QTableView>
#include <QTest>

namespace {

const QString messagingNamespace = QStringLiteral("pennant-messaging");
const QString clientPassword = QStringLiteral("first-light-4711");

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// From a cluster without NATS to messages in a stream, and back.
class FirstLightTest final : public WindowTest {
    Q_OBJECT

private:
    QStringList m_othersBefore;
    OtherTools::NatsLogin m_login;

    /// The cell in the row of that name under that header; invalid where there is no such row or column.
    QModelIndex cellIndex(const QString &tableName, const QString &name, const QString &header)
    {
        const auto *table = m_driver->find<QTableView>(tableName);
        const QAbstractItemModel *model = table ? table->model() : nullptr;
        if (!model)
            return {};
        const auto column = [model](const QString &title) {
            int at = model->columnCount() - 1;
            while (at >= 0 && model->headerData(at, Qt::Horizontal).toString() != title)
                --at;
            return at;
        };
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, column(text("Name"))).data().toString() == name)
                return model->index(row, column(header));
        }
        return {};
    }

    QString cell(const QString &tableName, const QString &name, const QString &header)
    {
        return cellIndex(tableName, name, header).data().toString();
    }

    void clickRow(const QString &tableName, const QString &name)
    {
        const auto *table = m_driver->find<QTableView>(tableName);
        const QModelIndex index = cellIndex(tableName, name, text("Name"));
        if (table && index.isValid())
            QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
    }

    /// What **Copy** puts on the clipboard: the whole buffer.
    QString copiedLog()
    {
        m_driver->click(text("logCopyButton"));
        return QGuiApplication::clipboard()->text();
    }

    bool logShows(const QString &words)
    {
        return m_driver->waitFor([&] { return copiedLog().contains(words); });
    }

private Q_SLOTS:
    void showsClustersAndSevenTabs()
    {
        QVERIFY2(OtherTools::witnessProblem().isEmpty(), qPrintable(OtherTools::witnessProblem()));
        m_othersBefore = OtherTools::objectsOutside(messagingNamespace);
        QVERIFY(!m_othersBefore.isEmpty());
        openWindow();
        auto *tabs = m_driver->find<QTabBar>(text("workspaceTabs"));
        QVERIFY2(tabs, qPrintable(m_driver->failure()));
        QStringList titles;
        for (int i = 0; i < tabs->count(); ++i)
            titles.append(tabs->tabText(i).remove(QLatin1Char('&')));
        QCOMPARE(titles,
            QStringList({text("Overview"), text("Accounts"), text("Streams"), text("Consumers"), text("Settings"),
                text("Insights"), text("Logs")}));
        QVERIFY(m_driver->shows(text("local-admin"), text("clusterList")));
        QVERIFY(m_driver->shows(text("Enable NATS"), text("overviewPage")));
        m_driver->screenshot(text("overview-absent"));
    }

    void enablesNats()
    {
        m_driver->click(text("overviewEnableButton"));
        m_driver->choose(text("storageClassCombo"), text("standard"));
        m_driver->type(text("storageEdit"), text("1"));
        m_driver->press(text("replicasChoice"), text("3"));
        m_driver->type(text("clientPasswordEdit"), clientPassword);
        m_driver->click(text("webSocketSwitch"));
        m_driver->screenshot(text("settings-enable"));
        QElapsedTimer timer;
        timer.start();
        m_driver->click(text("enableNatsButton"));
        m_driver->openTab(text("Overview"));
        QVERIFY2(m_driver->shows(text("step "), text("overviewPage")), qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("step 5 of 8"), text("overviewPage")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("overview-provisioning"));
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge"), 300), qPrintable(m_driver->failure()));
        qInfo("Enable to ready, three replicas: %.1f s", double(timer.elapsed()) / 1000);
        QCOMPARE(OtherTools::kubectl({text("get"), text("statefulset"), text("nats"), text("-n"), messagingNamespace,
                     text("-o"), text("jsonpath={.status.readyReplicas}")}),
            text("3"));
    }

    void showsTheCredentialOnDemand()
    {
        m_driver->openTab(text("Overview"));
        QVERIFY(m_driver->shows(text("nats.pennant-messaging.svc.cluster.local"), text("hostRow")));
        QVERIFY(m_driver->shows(text("4222"), text("portRow")));
        QVERIFY(m_driver->shows(text("ws://"), text("webSocketUrlRow")));
        QVERIFY(!m_driver->textIn().contains(clientPassword));
        m_login.user = m_driver->find<QWidget>(text("usernameRow"))->findChild<QLineEdit *>()->text();
        QWidget *password = m_driver->find<QWidget>(text("passwordRow"));
        QVERIFY(password);
        QTest::mouseClick(password->findChild<QWidget *>(text("revealButton")), Qt::LeftButton);
        QVERIFY2(m_driver->shows(clientPassword, text("passwordRow")), qPrintable(m_driver->failure()));
        m_login.password = clientPassword;
        QTest::mouseClick(password->findChild<QWidget *>(text("revealButton")), Qt::LeftButton);
        QVERIFY(!m_driver->textIn().contains(clientPassword));
        m_driver->screenshot(text("overview"));
    }

    void createsAStream()
    {
        m_driver->openTab(text("Streams"));
        m_driver->screenshot(text("streams-empty"));
        m_driver->click(text("newStreamButton"));
        m_driver->choose(text("streamAccountCombo"), text("default"));
        m_driver->type(text("streamNameEdit"), text("ORDERS"));
        m_driver->type(text("streamSubjectsEdit"), text("orders.>, refunds.*"));
        m_driver->press(text("streamReplicasChoice"), text("3"));
        m_driver->type(text("streamMaxAgeEdit"), text("24"));
        m_driver->type(text("streamMaxMessagesEdit"), text("100000"));
        m_driver->type(text("streamMaxBytesEdit"), text("64"));
        m_driver->press(text("streamDiscardChoice"), text("new"));
        m_driver->screenshot(text("stream-form"));
        m_driver->click(text("createStreamButton"));
        QVERIFY2(m_driver->shows(text("ORDERS"), text("streamTable")), qPrintable(m_driver->failure()));

        const OtherTools::Forward forward(messagingNamespace, text("svc/nats"), 4222);
        QVERIFY(forward.localPort() > 0);
        m_login.port = forward.localPort();
        const QJsonObject config =
            OtherTools::witness(m_login, {text("info"), text("ORDERS")}).toObject()[text("config")].toObject();
        QCOMPARE(config[text("subjects")].toArray(), QJsonArray({text("orders.>"), text("refunds.*")}));
        QCOMPARE(config[text("num_replicas")].toInt(), 3);
        QCOMPARE(config[text("max_age")].toInteger(), 24 * 3600 * qint64(1000000000));
        QCOMPARE(config[text("max_msgs")].toInt(), 100000);
        QCOMPARE(config[text("max_bytes")].toInt(), 64 * 1024 * 1024);
        QCOMPARE(config[text("discard")].toString(), text("new"));
        QCOMPARE(config[text("retention")].toString(), text("limits"));
        QCOMPARE(config[text("storage")].toString(), text("file"));
    }

    void createsAConsumerAndCountsWhatIsDelivered()
    {
        m_driver->openTab(text("Consumers"));
        m_driver->click(text("newConsumerButton"));
        m_driver->type(text("consumerNameEdit"), text("billing"));
        m_driver->type(text("consumerFilterSubjectsEdit"), text("orders.>"));
        m_driver->press(text("consumerAckPolicyChoice"), text("explicit"));
        m_driver->choose(text("consumerDeliverPolicyCombo"), text("all"));
        m_driver->press(text("consumerModeChoice"), text("pull"));
        m_driver->screenshot(text("consumer-form"));
        m_driver->click(text("createConsumerButton"));
        QVERIFY2(m_driver->shows(text("billing"), text("consumerTable")), qPrintable(m_driver->failure()));

        const OtherTools::Forward forward(messagingNamespace, text("svc/nats"), 4222);
        m_login.port = forward.localPort();
        const QJsonObject config =
            OtherTools::witness(m_login, {text("consumer"), text("ORDERS"), text("billing")}).toObject();
        QCOMPARE(config[text("filter")].toString(), text("orders.>"));
        QCOMPARE(config[text("ack")].toString(), text("explicit"));
        QCOMPARE(config[text("deliver")].toString(), text("all"));
        QCOMPARE(config[text("push")].toBool(true), false);
        QCOMPARE(OtherTools::witness(m_login, {text("publish"), text("orders.new"), text("12")})
                     .toObject()[text("last")]
                     .toInt(),
            12);
        const QJsonArray fetched =
            OtherTools::witness(m_login, {text("fetch"), text("ORDERS"), text("billing"), text("5")}).toArray();
        QCOMPARE(fetched.size(), 5);
        QCOMPARE(fetched[0].toString(), text("message 0"));
        const auto pending = [this] { return cell(text("consumerTable"), text("billing"), text("Pending")); };
        QVERIFY2(m_driver->waitFor([&] { return pending() == text("7"); }), qPrintable(pending()));
        m_driver->screenshot(text("consumers"));
        m_driver->openTab(text("Streams"));
        const auto messages = [this] { return cell(text("streamTable"), text("ORDERS"), text("Messages")); };
        QVERIFY2(m_driver->waitFor([&] { return messages() == text("12"); }), qPrintable(messages()));
        clickRow(text("streamTable"), text("ORDERS"));
        for (const char *pod : {"nats-0", "nats-1", "nats-2"})
            QVERIFY2(m_driver->shows(text(pod), text("streamDetail")), qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("current"), text("streamDetail")), qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(QStringLiteral("First: #1 · "), text("streamFacts")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("streams"));
    }

    void refusesAWrongPasswordAndShowsItInTheLog()
    {
        m_driver->openTab(text("Logs"));
        m_driver->choose(text("podCombo"), text("nats-0"));
        m_driver->choose(text("containerCombo"), text("nats"));
        QVERIFY2(logShows(text("Server is ready")), qPrintable(copiedLog()));
        const OtherTools::Forward forward(messagingNamespace, text("pod/nats-0"), 4222);
        QString problem;
        const QJsonValue refused = OtherTools::witness(
            {forward.localPort(), m_login.user, text("not the password")}, {text("login")}, &problem);
        QVERIFY(refused.isUndefined());
        QVERIFY2(problem.contains(text("Authorization")), qPrintable(problem));
        QVERIFY2(logShows(text("authentication error")), qPrintable(copiedLog()));
        m_driver->screenshot(text("logs"));
    }

    void showsWhatTheOtherTabsWillHold()
    {
        m_driver->openTab(text("Accounts"));
        QVERIFY(m_driver->shows(text("default"), text("accountsPage")));
        m_driver->screenshot(text("accounts"));
        m_driver->openTab(text("Insights"));
        QVERIFY(m_driver->shows(text("VictoriaMetrics"), text("insightsPage")));
        m_driver->screenshot(text("insights"));
        m_driver->openTab(text("Settings"));
        m_driver->screenshot(text("settings"));
    }

    void comesBackAsItWas()
    {
        openWindow();
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge")), qPrintable(m_driver->failure()));
        m_driver->openTab(text("Streams"));
        QVERIFY2(m_driver->shows(text("ORDERS"), text("streamTable")), qPrintable(m_driver->failure()));
    }

    void disablesNats()
    {
        m_driver->openTab(text("Settings"));
        m_driver->click(text("disableNatsButton"));
        m_driver->type(text("confirmNameEdit"), text("local-admin"));
        m_driver->screenshot(text("disable"));
        m_driver->click(text("confirmDangerButton"));
        m_driver->openTab(text("Overview"));
        QVERIFY2(m_driver->waitFor(
                     [this] { return m_driver->textIn(text("overviewPage")).contains(text("Enable NATS")); }, 300),
            qPrintable(m_driver->textIn(text("overviewPage"))));
        const auto isNoneLeft = [](const QStringList &what) {
            bool isOk = false;
            const QString left = OtherTools::kubectl(QStringList{text("get")} + what, &isOk);
            return isOk && !left.contains(messagingNamespace);
        };
        const QStringList nameSpace{text("namespaces"), text("-o"), text("name")};
        const QStringList volumes{text("pv"), text("-o"), text("jsonpath={.items[*].spec.claimRef.namespace}")};
        QVERIFY(m_driver->waitFor([&] { return isNoneLeft(nameSpace); }, 120));
        QVERIFY(m_driver->waitFor([&] { return isNoneLeft(volumes); }, 120));
        QCOMPARE(OtherTools::objectsOutside(messagingNamespace), m_othersBefore);
    }
};

int main(int argc, char **argv)
{
    const auto application = createTestApplication(argc, argv);
    FirstLightTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_first_light.moc"
