// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/messagingwindowtest.h"
#include "tests/support/rawnats.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QString::fromUtf8(value);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject configIn(const QJsonObject &info)
{
    return info[text("config")].toObject();
}

QJsonObject stateIn(const QJsonObject &info)
{
    return info[text("state")].toObject();
}

const QString streamTable = QStringLiteral("streamTable");
const QString consumerTable = QStringLiteral("consumerTable");

} // namespace

/// What else a person can do with streams and consumers, on three servers: routes and placement, files, leaders, seals.
class StreamActionsTest final : public MessagingWindowTest {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// As whoever opens the menu for a new one and chooses.
    void openFold(const char *heading) { m_driver->click(text(heading)); }

    QString path(const char *name) const { return m_folder.filePath(text(name)); }

private Q_SLOTS:
    void enablesNats()
    {
        for (const char *command :
            {"create namespace shop", "create deployment checkout -n shop --image=none --replicas=0"})
            OtherTools::kubectl(text(command).split(QLatin1Char(' ')));
        const QString problem = enableNats(3);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void linksAnAppAndNotesMetadata()
    {
        m_driver->openTab(text("Streams"));
        m_driver->click(text("newStreamButton"));
        m_driver->type(text("streamNameEdit"), text("ORDERS"));
        m_driver->type(text("streamSubjectsEdit"), text("orders.>"));
        // the workloads of the cluster are offered below what is typed
        m_driver->type(text("streamLinkedAppEdit"), text("shop"));
        QVERIFY(m_driver->waitFor([] { return QApplication::activePopupWidget() != nullptr; }));
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
        QCOMPARE(m_driver->find<QLineEdit>(text("streamLinkedAppEdit"))->text(), text("shop/checkout"));
        m_driver->press(text("streamReplicasChoice"), text("3"));
        openFold("streamMetadataButton");
        m_driver->click(text("metadataAddButton"));
        m_driver->type(text("metadataFirstEdit"), text("team"));
        m_driver->type(text("metadataSecondEdit"), text("Bestellungen & Co"));
        openFold("streamRoutingButton");
        m_driver->type(text("streamRepublishFromEdit"), text("orders.*"));
        m_driver->type(text("streamRepublishToEdit"), text("seen.$1"));
        m_driver->type(text("streamTransformFromEdit"), text("orders.*"));
        m_driver->type(text("streamTransformToEdit"), text("orders.eu.{{wildcard(1)}}"));
        m_driver->screenshot(text("streams-routing"));
        m_driver->click(text("createStreamButton"));
        QVERIFY2(m_driver->shows(text("shop/checkout"), text("streamDetail")), qPrintable(m_driver->failure()));
        const QJsonObject made = configIn(stream(text("ORDERS")));
        QCOMPARE(made[text("num_replicas")].toInt(), 3);
        QCOMPARE(made[text("metadata")].toObject()[text("team")].toString(), text("Bestellungen & Co"));
        QVERIFY(made[text("metadata")].toObject().toVariantMap().values().contains(text("shop/checkout")));
        QCOMPARE(made[text("republish")].toObject()[text("src")].toString(), text("orders.*"));
        QCOMPARE(made[text("republish")].toObject()[text("dest")].toString(), text("seen.$1"));
        QCOMPARE(
            made[text("subject_transform")].toObject()[text("dest")].toString(), text("orders.eu.{{wildcard(1)}}"));
        for (int i = 0; i < 30; ++i)
            QVERIFY(!nats().publish("orders.a", {}, "order " + QByteArray::number(i)).contains("-ERR"));
        QVERIFY(comesToBe(streamTable, text("ORDERS"), text("Messages"), text("30")));
        QCOMPARE(ask(text("STREAM.MSG.GET.ORDERS"), {{text("seq"), 1}})[text("message")]
                     .toObject()[text("subject")]
                     .toString(),
            text("orders.eu.a"));
    }

    void mirrorsAndGathers()
    {
        m_driver->click(text("newStreamButton"));
        m_driver->type(text("streamNameEdit"), text("COPY"));
        openFold("streamFeedsButton");
        m_driver->click(text("mirrorAddButton"));
        m_driver->type(text("mirrorNameEdit"), text("ORDERS"));
        m_driver->click(text("mirrorMoreButton"));
        m_driver->press(text("mirrorBeginChoice"), text("Sequence"));
        m_driver->type(text("mirrorSequenceEdit"), text("11"));
        m_driver->screenshot(text("streams-mirror"));
        m_driver->click(text("createStreamButton"));
        QVERIFY(comesToBe(streamTable, text("COPY"), text("Messages"), text("20")));
        QCOMPARE(configIn(stream(text("COPY")))[text("mirror")].toObject(),
            (QJsonObject{{text("name"), text("ORDERS")}, {text("opt_start_seq"), 11}}));

        m_driver->click(text("newStreamButton"));
        m_driver->type(text("streamNameEdit"), text("ALL"));
        openFold("streamFeedsButton");
        m_driver->click(text("sourceAddButton"));
        m_driver->type(text("sourceNameEdit"), text("ORDERS"));
        m_driver->type(text("sourceFilterEdit"), text("orders.eu.*"));
        m_driver->click(text("createStreamButton"));
        QVERIFY(comesToBe(streamTable, text("ALL"), text("Messages"), text("30")));
        const QJsonObject source = configIn(stream(text("ALL")))[text("sources")].toArray().at(0).toObject();
        QCOMPARE(source[text("name")].toString(), text("ORDERS"));
        QCOMPARE(source[text("filter_subject")].toString(), text("orders.eu.*"));
    }

    void knowsBuckets()
    {
        ask(text("STREAM.CREATE.KV_settings"),
            {{text("name"), text("KV_settings")}, {text("subjects"), QJsonArray{text("$KV.settings.>")}},
                {text("max_msgs_per_subject"), 5}, {text("discard"), text("new")}, {text("allow_rollup_hdrs"), true},
                {text("deny_delete"), true}, {text("allow_direct"), true}});
        ask(text("STREAM.CREATE.OBJ_files"),
            {{text("name"), text("OBJ_files")},
                {text("subjects"), QJsonArray{text("$O.files.C.>"), text("$O.files.M.>")}},
                {text("discard"), text("new")}, {text("allow_rollup_hdrs"), true}, {text("allow_direct"), true}});
        QVERIFY(m_driver->waitFor([this] { return cell(streamTable, text("OBJ_files"), text("Name")).isValid(); }));
        QVERIFY(m_driver->waitFor([this] { return cell(streamTable, text("KV_settings"), text("Name")).isValid(); }));
        m_driver->find<QTableView>(streamTable)->setCurrentIndex(cell(streamTable, text("KV_settings"), text("Name")));
        QTest::keyClick(m_driver->find<QTableView>(streamTable), Qt::Key_Return);
        QVERIFY2(m_driver->shows(text("settings"), text("streamBucketNote")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("streams-bucket"));
        QTest::keyClick(m_driver->find<QTableView>(streamTable), Qt::Key_F2);
        QVERIFY2(m_driver->shows(text("settings"), text("streamBucketMessage")), qPrintable(m_driver->failure()));
        m_driver->click(text("cancelEditedStreamButton"));
    }

    void makesAPushConsumer()
    {
        m_driver->openTab(text("Consumers"));
        m_driver->click(text("newConsumerButton"));
        m_driver->choose(text("consumerStreamCombo"), text("ORDERS · default"));
        m_driver->type(text("consumerNameEdit"), text("pushed"));
        m_driver->press(text("consumerModeChoice"), text("push"));
        m_driver->type(text("consumerDeliverSubjectEdit"), text("workers.orders"));
        m_driver->type(text("consumerDeliverGroupEdit"), text("crew"));
        m_driver->type(text("consumerHeartbeatEdit"), text("15"));
        QTest::keyClick(m_driver->find<QWidget>(text("consumerFlowControlBox")), Qt::Key_Space);
        m_driver->screenshot(text("consumers-push"));
        m_driver->click(text("createConsumerButton"));
        QVERIFY(comesToBe(consumerTable, text("pushed"), text("State"), text("Nobody subscribes to workers.orders")));
        const QJsonObject made = configIn(consumer(text("ORDERS.pushed")));
        QCOMPARE(made[text("deliver_subject")].toString(), text("workers.orders"));
        QCOMPARE(made[text("deliver_group")].toString(), text("crew"));
        QCOMPARE(made[text("idle_heartbeat")].toInteger(), qint64(15) * 1'000'000'000);
        QVERIFY(made[text("flow_control")].toBool());
        QVERIFY(chooseFromMenu(consumerTable, text("pushed"), text("Export…")));
        m_driver->press(text("exportFormChoice"), text("NACK resource"));
        QVERIFY2(m_driver->shows(text("kind: Consumer"), text("exportText")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("consumers-export"));
        m_driver->click(text("closeExportButton"));
        QVERIFY(!whyNot(consumerTable, text("pushed"), text("Fetch messages…")).isEmpty());
    }

    void importsAConsumer()
    {
        QGuiApplication::clipboard()->setText(text(R"({"stream_name":"ORDERS","config":{"durable_name":"brought",
            "ack_policy":"explicit","filter_subject":"orders.eu.a","max_deliver":4,"of_tomorrow":1}})"));
        QVERIFY(chooseFromNewMenu(text("newConsumerMenuButton"), text("Import from the clipboard")));
        QVERIFY2(m_driver->shows(text("of_tomorrow"), text("consumerMessage")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("consumers-import"));
        m_driver->click(text("createConsumerButton"));
        QVERIFY(comesToBe(consumerTable, text("brought"), text("Pending"), text("30")));
        const QJsonObject made = configIn(consumer(text("ORDERS.brought")));
        QCOMPARE(made[text("filter_subject")].toString(), text("orders.eu.a"));
        QCOMPARE(made[text("max_deliver")].toInt(), 4);
    }

    void letsAnotherCopyLeadAConsumer()
    {
        const QString before = consumer(text("ORDERS.brought"))[text("cluster")].toObject()[text("leader")].toString();
        QVERIFY(chooseFromMenu(consumerTable, text("brought"), text("Step leader down…")));
        QVERIFY2(m_driver->shows(before, text("actionQuestionDialog")), qPrintable(m_driver->failure()));
        m_driver->click(text("confirmActionButton"));
        QVERIFY2(m_driver->shows(text("leads brought")), qPrintable(m_driver->failure()));
        QCOMPARE(consumer(text("ORDERS.brought"))[text("num_pending")].toInt(), 30);
    }

    void letsAnotherCopyLead()
    {
        m_driver->openTab(text("Streams"));
        const QString before = stream(text("ORDERS"))[text("cluster")].toObject()[text("leader")].toString();
        QVERIFY(chooseFromMenu(streamTable, text("ORDERS"), text("Step leader down…")));
        QVERIFY2(m_driver->shows(before, text("actionQuestionDialog")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("streams-stepdown"));
        m_driver->click(text("confirmActionButton"));
        QVERIFY2(m_driver->shows(text("leads ORDERS")), qPrintable(m_driver->failure()));
        QVERIFY(!stream(text("ORDERS"))[text("cluster")].toObject()[text("leader")].toString().isEmpty());
        QCOMPARE(stateIn(stream(text("ORDERS")))[text("messages")].toInt(), 30);
    }

    void exportsAndImports()
    {
        QVERIFY(chooseFromMenu(streamTable, text("ORDERS"), text("Export…")));
        m_driver->press(text("exportFormChoice"), text("JSON"));
        m_driver->screenshot(text("streams-export"));
        m_driver->click(text("saveExportButton"));
        QVERIFY(chooseFile(text("exportFileDialog"), path("orders.json")));
        QVERIFY(m_driver->waitFor([this] { return QFile::exists(path("orders.json")); }));
        m_driver->click(text("closeExportButton"));
        QJsonObject config = QJsonDocument::fromJson(contentOf(path("orders.json"))).object();
        QCOMPARE(config[text("name")].toString(), text("ORDERS"));
        QCOMPARE(config[text("subject_transform")], configIn(stream(text("ORDERS")))[text("subject_transform")]);

        // the same, and another
        QJsonObject other = config;
        other[text("name")] = text("RETURNS");
        other[text("subjects")] = QJsonArray{text("returns.>")};
        for (const char *field : {"republish", "subject_transform"})
            other.remove(text(field));
        QFile file(path("both.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(QJsonArray{config, other}).toJson());
        file.close();
        QVERIFY(chooseFromNewMenu(text("newStreamMenuButton"), text("Import from a file…")));
        QVERIFY(chooseFile(text("importFileDialog"), path("both.json")));
        QVERIFY2(m_driver->shows(text("There already, as it is here"), text("importDialog")),
            qPrintable(m_driver->failure()));
        m_driver->screenshot(text("streams-import"));
        m_driver->click(text("confirmImportButton"));
        QVERIFY2(m_driver->shows(text("1 of 1 were made."), text("importDialog")), qPrintable(m_driver->failure()));
        m_driver->click(text("closeImportButton"));
        QCOMPARE(configIn(stream(text("RETURNS")))[text("num_replicas")].toInt(), 3);
    }

    void backsUpAndRestores()
    {
        QVERIFY(chooseFromMenu(streamTable, text("ORDERS"), text("Back up…")));
        QVERIFY(chooseFile(text("backupFileDialog"), path("orders-backup")));
        QVERIFY2(m_driver->shows(text("ORDERS is backed up"), text("backupDialog")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("streams-backup"));
        m_driver->click(text("endBackupButton"));
        QVERIFY(QDir(path("orders-backup")).exists());

        // what follows from it is gone first: a copy would go on from another sequence
        const QJsonObject before = stateIn(stream(text("ORDERS")));
        const QJsonObject config = configIn(stream(text("ORDERS")));
        QVERIFY(chooseFromMenu(streamTable, text("ORDERS"), text("Delete…")));
        m_driver->type(text("confirmNameEdit"), text("ORDERS"));
        QVERIFY2(m_driver->shows(text("2 consumers: brought, pushed"), text("confirmByTypingDialog")),
            qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("What goes on from it to ALL, COPY"), text("confirmByTypingDialog")),
            qPrintable(m_driver->failure()));
        m_driver->screenshot(text("streams-delete"));
        m_driver->click(text("confirmDangerButton"));
        QVERIFY(m_driver->waitFor([this] { return stream(text("ORDERS")).contains(text("error")); }));
        QVERIFY(m_driver->waitFor([this] { return !cell(streamTable, text("ORDERS"), text("Name")).isValid(); }));

        QVERIFY(chooseFromNewMenu(text("newStreamMenuButton"), text("Restore a backup…")));
        QVERIFY(chooseFile(text("restoreFileDialog"), path("orders-backup")));
        QVERIFY2(m_driver->shows(text("30"), text("restoreDialog")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("streams-restore"));
        m_driver->click(text("confirmRestoreButton"));
        QVERIFY2(m_driver->shows(text("ORDERS is restored"), text("backupDialog")), qPrintable(m_driver->failure()));
        m_driver->click(text("endBackupButton"));
        const QJsonObject after = stateIn(stream(text("ORDERS")));
        for (const char *field : {"messages", "bytes", "first_seq", "last_seq", "consumer_count"})
            QCOMPARE(after[text(field)], before[text(field)]);
        for (const QString &field : config.keys()) {
            if (field != text("metadata")) // servers write their own versions there
                QCOMPARE(configIn(stream(text("ORDERS")))[field], config[field]);
        }
        QVERIFY(comesToBe(streamTable, text("ORDERS"), text("Messages"), text("30")));
    }

    void followsAndExportsMessages()
    {
        QVERIFY(chooseFromMenu(streamTable, text("ORDERS"), text("Messages…")));
        auto *table = m_driver->find<QTableView>(text("messageTable"));
        QVERIFY2(table && m_driver->waitFor([table] { return table->model()->rowCount() == 30; }),
            qPrintable(m_driver->failure()));
        m_driver->click(text("liveMessagesSwitch"));
        QVERIFY2(m_driver->shows(text("Live"), text("messagePlaceLabel")), qPrintable(m_driver->failure()));
        for (int i = 0; i < 3; ++i)
            QVERIFY(!nats().publish("orders.a", {}, "live " + QByteArray::number(i)).contains("-ERR"));
        QVERIFY(m_driver->waitFor([table] { return table->model()->rowCount() == 3; }));
        keepPicture(table->window(), text("messages-live"));
        m_driver->click(text("liveMessagesSwitch"));
        QVERIFY(m_driver->waitFor([table] { return table->model()->rowCount() == 33; }));

        m_driver->click(text("exportMessagesButton"));
        m_driver->press(text("exportChoice"), text("A range"));
        m_driver->type(text("exportFirstEdit"), text("29"));
        m_driver->type(text("exportLastEdit"), text("32"));
        m_driver->click(text("confirmExportButton"));
        QVERIFY(chooseFile(text("saveMessagesDialog"), path("orders.ndjson")));
        QVERIFY2(m_driver->shows(text("4 messages were exported"), text("messageOutputMessage")),
            qPrintable(m_driver->failure()));
        keepPicture(table->window(), text("messages-exported"));
        const QList<QByteArray> lines = contentOf(path("orders.ndjson")).trimmed().split('\n');
        QCOMPARE(lines.size(), 4);
        const QJsonObject last = QJsonDocument::fromJson(lines.constLast()).object();
        QCOMPARE(last[text("seq")].toInt(), 32);
        QCOMPARE(last[text("subject")].toString(), text("orders.eu.a"));
        QCOMPARE(last[text("payload")].toString(), text("live 1"));
        table->window()->close();
    }

    void seals()
    {
        QVERIFY(chooseFromMenu(streamTable, text("RETURNS"), text("Seal…")));
        m_driver->type(text("confirmNameEdit"), text("RETURNS"));
        m_driver->screenshot(text("streams-seal"));
        m_driver->click(text("confirmDangerButton"));
        QVERIFY2(m_driver->shows(text("RETURNS is sealed.")), qPrintable(m_driver->failure()));
        QVERIFY(configIn(stream(text("RETURNS")))[text("sealed")].toBool());
        QVERIFY(m_driver->waitFor([this] {
            return !whyNot(streamTable, text("RETURNS"), text("Purge…")).isEmpty()
                && !whyNot(streamTable, text("RETURNS"), text("Seal…")).isEmpty();
        }));
    }

    void holdsBackFromAnArchivedCluster()
    {
        QVERIFY(!OtherTools::kubectl(text("create configmap pennant-archive -n pennant-messaging "
                                          "--from-literal=reason=handed-over")
                                         .split(QLatin1Char(' ')))
                     .isEmpty());
        QVERIFY2(m_driver->refuses(text("newStreamButton"), text("archived")), qPrintable(m_driver->failure()));
        for (const char *action : {"Edit…", "Clone…", "Purge…", "Step leader down…", "Seal…", "Publish…"})
            QVERIFY2(whyNot(streamTable, text("ORDERS"), text(action)).contains(text("archived")), action);
        m_driver->openTab(text("Consumers"));
        for (const char *action : {"Edit…", "Clone…", "Pause…", "Deliver again…"})
            QVERIFY2(whyNot(consumerTable, text("pushed"), text(action)).contains(text("archived")), action);
        m_driver->screenshot(text("consumers-archived"));
        OtherTools::kubectl(text("delete configmap pennant-archive -n pennant-messaging").split(QLatin1Char(' ')));
    }

    /// Read access views, write access changes.
    void holdsBackFromAViewer()
    {
        openWindow(qEnvironmentVariable("PENNANT_KUBECONFIG_VIEWER"));
        m_driver->openTab(text("Streams"));
        QVERIFY2(m_driver->refuses(text("newStreamButton"), text("you may not ")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("streams-viewer"));
        m_driver->openTab(text("Consumers"));
        QVERIFY2(m_driver->refuses(text("newConsumerButton"), text("you may not ")), qPrintable(m_driver->failure()));
    }

    void cleanupTestCase()
    {
        OtherTools::kubectl(text("delete namespace shop --wait=false").split(QLatin1Char(' ')));
        endClient();
    }
};

int main(int argc, char **argv)
{
    const std::unique_ptr<QApplication> application = createTestApplication(argc, argv);
    StreamActionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_streamactions.moc"
