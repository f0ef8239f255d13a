// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/consumers/consumerspage.h"
#include "widgets/consumers/importchoicedialog.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QString::fromUtf8(value);
}

QByteArray inJson(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

} // namespace

/// Consumers that come from elsewhere, by the page.
class ConsumerFilesTest final : public QObject {
    Q_OBJECT

private:
    template <typename T> T *child(const char *name) const { return m_page->findChild<T *>(QLatin1String(name)); }
    InlineMessage *message() const { return child<InlineMessage>("consumerMessage"); }
    ConsumerForm *form() const { return m_page->findChild<ConsumerForm *>(); }
    QLineEdit *name() const { return child<QLineEdit>("consumerNameEdit"); }

    QAction *ofNewMenu(const char *action) const
    {
        QMenu *menu = child<QPushButton>("newConsumerMenuButton")->menu();
        Q_EMIT menu->aboutToShow();
        for (QAction *each : menu->actions()) {
            if (each->text() == text(action))
                return each;
        }
        return nullptr;
    }

    void importFromClipboard(const QByteArray &content)
    {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(content));
        QAction *action = ofNewMenu("Import from the clipboard");
        QVERIFY(action && action->isEnabled());
        action->trigger();
    }
    bool isBegun() const
    {
        return m_fixture->passTimeUntil([this] { return name()->isVisible(); });
    }
    bool isTold() const
    {
        return m_fixture->passTimeUntil([this] { return message()->isVisible(); });
    }

    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_streams;
    std::unique_ptr<ConsumerService> m_consumers;
    std::unique_ptr<ConsumersPage> m_page;

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(text("pennant-tests"));
    }

    void init()
    {
        QSettings().clear();
        m_fixture = std::make_unique<JetStreamFixture>();
        m_fixture->holdStreams({text("invoices"), text("orders")});
        m_streams = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
        m_consumers = std::make_unique<ConsumerService>(
            m_fixture->runtime, *m_streams, *m_fixture->connections, m_fixture->clock);
        m_page =
            std::make_unique<ConsumersPage>(m_fixture->runtime, m_fixture->accounts, *m_consumers, m_fixture->clock);
        m_streams->refresh();
        m_page->resize(1100, 700);
        m_page->show();
        QVERIFY(m_fixture->start());
        QVERIFY(m_fixture->passTimeUntil([this] { return m_consumers->createAccess().allowed; }));
    }

    void cleanup()
    {
        m_page.reset();
        m_consumers.reset();
        m_streams.reset();
        m_fixture.reset();
    }

    void beginsANewConsumerAsImported()
    {
        importFromClipboard(
            inJson("{'stream_name':'orders','name':'work','config':{'name':'work','durable_name':'work',"
                   "'ack_policy':'explicit','max_deliver':7,'pause_until':'2001-01-01T00:00:00Z',"
                   "'filter_subjects':['orders.a','orders.b'],'metadata':{'_nats.ver':'2.11'}}}"));
        QVERIFY(isBegun());
        QCOMPARE(name()->text(), text("work"));
        QCOMPARE(child<QLineEdit>("consumerMaxDeliverEdit")->text(), text("7"));
        const ConsumerDraft draft = form()->draft();
        QCOMPARE(draft.stream, (StreamId{text("default"), text("orders")}));
        QCOMPARE(draft.id().name, text("work"));
        QCOMPARE(filtersIn(draft.config), (QStringList{text("orders.a"), text("orders.b")}));
        QVERIFY(!draft.config.contains(text("pause_until")));
        QVERIFY(!draft.config.contains(text("metadata")));
        QVERIFY(!message()->isVisible());
    }

    void takesAPushConsumerOfNack()
    {
        importFromClipboard("apiVersion: jetstream.nats.io/v1beta2\nkind: Consumer\nmetadata: {name: orders-push}\n"
                            "spec: {streamName: orders, durableName: push, deliverSubject: to.me, ackWait: 90s,\n"
                            "  ofTomorrow: 5}\n");
        QVERIFY(isBegun());
        const ConsumerDraft draft = form()->draft();
        QCOMPARE(draft.stream.name, text("orders"));
        QCOMPARE(draft.config.value(text("deliver_subject")).toString(), text("to.me"));
        QCOMPARE(draft.config.value(text("ack_wait")).toInteger(), qint64(90'000'000'000));
        QVERIFY(isTold());
        QCOMPARE(message()->tone(), Tone::Warning);
        QVERIFY2(message()->text().contains(text("ofTomorrow")), qPrintable(message()->text()));
    }

    void saysWhichStreamItChose_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        QTest::newRow("none of that name")
            << inJson("{'stream_name':'returns','config':{'durable_name':'work'}}") << text("returns");
        QTest::newRow("none named") << inJson("{'durable_name':'work'}") << text("names no stream");
    }
    void saysWhichStreamItChose()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        importFromClipboard(content);
        QVERIFY(isBegun());
        QCOMPARE(form()->draft().stream, (StreamId{text("default"), text("invoices")}));
        QVERIFY(isTold());
        QVERIFY2(message()->text().contains(says), qPrintable(message()->text()));
        QVERIFY2(message()->text().contains(text("default › invoices")), qPrintable(message()->text()));
    }

    void saysWhoseStreamItChose()
    {
        m_fixture->cluster.putAccount(text("a-shop"));
        m_fixture->holdStreams({text("orders")}, 0, text("a-shop"));
        QVERIFY(m_fixture->passTimeUntil([this] { return m_streams->streams().size() == 3; }));
        importFromClipboard(inJson("{'stream_name':'orders','config':{'durable_name':'work'}}"));
        QVERIFY(isBegun());
        QCOMPARE(form()->draft().stream, (StreamId{text("a-shop"), text("orders")}));
        QVERIFY(isTold());
        QVERIFY2(message()->text().startsWith(text("2 accounts have a stream orders. a-shop › orders")),
            qPrintable(message()->text()));
    }

    void changesNothingForWhatIsNoConsumer()
    {
        importFromClipboard(inJson("{'name':'ORDERS','subjects':['a']}"));
        QVERIFY(isTold());
        QCOMPARE(message()->tone(), Tone::Bad);
        QVERIFY2(message()->text().contains(text("This is a stream")), qPrintable(message()->text()));
        QVERIFY(!name()->isVisible());
        QVERIFY(!form()->hasDraft());
    }

    void overwritesNoDraft()
    {
        child<QPushButton>("newConsumerButton")->click();
        QVERIFY(name()->isVisible());
        QTest::keyClicks(name(), text("mine"));
        QVERIFY(form()->hasDraft());
        importFromClipboard(inJson("{'stream_name':'orders','config':{'durable_name':'work'}}"));
        QVERIFY(isTold());
        QCOMPARE(name()->text(), text("mine"));
        QVERIFY2(message()->title().contains(text("kept as a draft")), qPrintable(message()->title()));
        importFromClipboard(inJson("[{'durable_name':'a'},{'durable_name':'b'}]"));
        QVERIFY(m_fixture->passTimeUntil([this] { return m_page->findChild<ImportChoiceDialog *>(); }));
        child<QPushButton>("beginImportedButton")->click();
        QCOMPARE(name()->text(), text("mine"));
    }

    void asksWhichOfSeveral()
    {
        importFromClipboard(inJson("{'consumers':[{'stream_name':'orders','config':{'durable_name':'a'}},"
                                   "{'stream_name':'orders','config':{'durable_name':'b','max_deliver':3}}]}"));
        QVERIFY(m_fixture->passTimeUntil([this] { return m_page->findChild<ImportChoiceDialog *>(); }));
        QVERIFY(!name()->isVisible());
        auto *which = child<QComboBox>("importedConsumerCombo");
        QCOMPARE(which->count(), 2);
        QCOMPARE(which->itemText(1), text("orders › b"));
        bool areListed = false;
        for (const QLabel *label : m_page->findChild<ImportChoiceDialog *>()->findChildren<QLabel *>())
            areListed = areListed || label->text().contains(text("orders › a, orders › b"));
        QVERIFY(areListed);
        which->setCurrentIndex(1);
        child<QPushButton>("beginImportedButton")->click();
        QVERIFY(isBegun());
        QCOMPARE(name()->text(), text("b"));
        QCOMPARE(form()->draft().config.value(text("max_deliver")).toInt(), 3);
    }

    void importsFiles()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(text("work.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("stream_name: orders\nconfig: {durable_name: work}\n");
        file.close();
        ofNewMenu("Import from a file…")->trigger();
        auto *chooser = child<QFileDialog>("importConsumerFileDialog");
        QVERIFY(chooser);
        Q_EMIT chooser->fileSelected(file.fileName());
        chooser->close();
        QVERIFY(isBegun());
        QCOMPARE(name()->text(), text("work"));
    }

    void importsNothingWhereNoneMayBeCreated()
    {
        m_fixture->breakLinks(text("The tunnel is gone."));
        m_fixture->holdStreams({});
        m_fixture->mendLinks();
        m_streams->refresh();
        QVERIFY(m_fixture->passTimeUntil([this] { return !m_consumers->createAccess().allowed; }));
        for (const char *action : {"Import from a file…", "Import from the clipboard"}) {
            QVERIFY(!ofNewMenu(action)->isEnabled());
            QCOMPARE(ofNewMenu(action)->toolTip(), m_consumers->createAccess().reason);
        }
    }
};

QTEST_MAIN(ConsumerFilesTest)
#include "tst_consumerfiles.moc"
