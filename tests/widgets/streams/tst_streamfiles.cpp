// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/runningoperations.h"
#include "services/messaging/streamimport.h"
#include "services/messaging/streamservice.h"
#include "services/nats/s2stream.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/filechooser.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/objects/exportdialog.h"
#include "widgets/streams/backupdialog.h"
#include "widgets/streams/importdialog.h"
#include "widgets/streams/restoredialog.h"
#include "widgets/streams/streamform.h"
#include "widgets/streams/streamspage.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

namespace {

QString text(const char *value)
{
    return QString::fromUtf8(value);
}

/// As a server sends it, in one frame.
QByteArray archive(const QByteArray &content)
{
    const quint32 crc = crc32c(reinterpret_cast<const uchar *>(content.constData()), content.size());
    const quint32 masked = ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
    const auto number = [](quint32 value, int bytes) {
        QByteArray made;
        for (int i = 0; i < bytes; ++i)
            made.append(char(value >> (8 * i)));
        return made;
    };
    return QByteArray("\xff\x06\x00\x00S2sTwO", 10) + '\x01' + number(quint32(content.size() + 4), 3)
        + number(masked, 4) + content;
}

QJsonObject stateOf(int messages)
{
    return {{text("messages"), messages}, {text("bytes"), 1000}, {text("first_seq"), 1}, {text("last_seq"), messages},
        {text("consumer_count"), 1}};
}

QJsonObject description(const char *name)
{
    return {{text("config"),
                QJsonObject{{text("name"), text(name)}, {text("subjects"), QJsonArray{text(name) + text(".>")}},
                    {text("num_replicas"), 1}}},
        {text("state"), stateOf(5)}};
}

QByteArray inJson(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

QByteArray inJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

/// What goes to files and comes from them, by the page.
class StreamFilesTest final : public QObject {
    Q_OBJECT

private:
    template <typename T> T *child(const char *name) const { return m_page->findChild<T *>(QLatin1String(name)); }
    FakeJetStream &server() { return m_fixture->server(); }
    QString path(const char *name) const { return m_folder->filePath(text(name)); }
    InlineMessage *message() const { return child<InlineMessage>("streamMessage"); }

    /// Does what an action of that name in the menu beside "New stream" does.
    bool chooseNew(const char *action)
    {
        QMenu *menu = child<QPushButton>("newStreamMenuButton")->menu();
        Q_EMIT menu->aboutToShow();
        return choose(menu, action);
    }

    static bool choose(QMenu *menu, const char *action)
    {
        for (QAction *each : menu->actions()) {
            if (each->text() == text(action) && each->isEnabled()) {
                each->trigger();
                return true;
            }
        }
        return false;
    }

    bool chooseOf(const Stream &stream, const char *action)
    {
        QMenu menu;
        m_files->addActions(&menu, stream);
        return choose(&menu, action);
    }

    Stream orders() const
    {
        Stream stream;
        stream.id = {text("default"), text("orders")};
        stream.config = {{text("name"), text("orders")}, {text("storage"), text("file")}};
        return stream;
    }

    void pick(const char *dialog, const QString &file)
    {
        auto *chooser = child<QFileDialog>(dialog);
        QVERIFY(chooser);
        Q_EMIT chooser->fileSelected(file);
        chooser->close();
    }

    void importFromClipboard(const QByteArray &content)
    {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(content));
        QVERIFY(chooseNew("Import from the clipboard"));
    }

    QStringList countsIn(const BackupDialog *dialog) const
    {
        QStringList words;
        for (const QLabel *label : dialog->findChild<QWidget *>(text("backupCounts"))->findChildren<QLabel *>())
            words.append(label->text());
        return words;
    }

    void writeBackup(const char *name)
    {
        const QString folder = path("backup");
        QDir().mkpath(folder);
        const auto write = [&folder](const char *file, const QByteArray &content) {
            QFile made(QDir(folder).filePath(text(file)));
            QVERIFY(made.open(QIODevice::WriteOnly));
            made.write(content);
        };
        write("backup.json", inJson(description(name)));
        write("stream.tar.s2", archive("all that it holds"));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_service;
    std::unique_ptr<StreamsPage> m_page;
    std::unique_ptr<RunningOperations> m_operations;
    std::unique_ptr<StreamFiles> m_files;
    QList<Consumer> m_consumers;

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(text("pennant-tests"));
    }

    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_fixture = std::make_unique<JetStreamFixture>();
        m_fixture->holdStreams({text("orders")});
        m_service = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
        m_page = std::make_unique<StreamsPage>(m_fixture->runtime, m_fixture->accounts, *m_service, m_fixture->clock);
        m_files = std::make_unique<StreamFiles>(*m_service,
            StreamFiles::Page{m_page.get(), message(), [] { return QStringList{QStringLiteral("default")}; },
                [this](const StreamId &) { return m_consumers; }, [](const QJsonObject &) { return true; }});
        m_operations = std::make_unique<RunningOperations>();
        m_files->listIn(*m_operations);
        m_page->listIn(*m_operations);
        m_service->refresh();
        m_page->resize(1100, 700);
        m_page->show();
        QVERIFY(m_fixture->start());
        QVERIFY(m_fixture->passTimeUntil(
            [this] { return m_service->freshness().state == Freshness::State::Live && m_service->createAccess(); }));
    }

    void cleanup()
    {
        m_files.reset();
        m_page.reset();
        m_service.reset();
        m_fixture.reset();
    }

    void beginsANewStreamAsImported()
    {
        importFromClipboard(
            inJson("{'config':{'name':'RETURNS','subjects':['returns.>'],'of_tomorrow':5,'max_msgs':7}}"));
        QVERIFY(m_fixture->passTimeUntil([this] { return child<QLineEdit>("streamNameEdit")->isVisible(); }));
        QCOMPARE(child<QLineEdit>("streamNameEdit")->text(), text("RETURNS"));
        QCOMPARE(child<QLineEdit>("streamMaxMessagesEdit")->text(), text("7"));
        const StreamDraft draft = m_page->findChild<StreamForm *>()->draft();
        QCOMPARE(draft.account, text("default"));
        QVERIFY(!draft.config.contains(text("of_tomorrow"))); // servers would refuse all of it
        QVERIFY(message()->text().contains(text("of_tomorrow")));
    }

    void saysWhatOfAnImportIsLeftOut()
    {
        importFromClipboard("apiVersion: jetstream.nats.io/v1beta2\nkind: Stream\nmetadata: {name: returns}\n"
                            "spec: {name: RETURNS, subjects: [returns.>], maxAge: 90m, sealed: true, ofTomorrow: 5}\n");
        QVERIFY(m_fixture->passTimeUntil([this] { return message()->isVisible(); }));
        QVERIFY(message()->text().contains(text("ofTomorrow")));
        QVERIFY(message()->text().contains(text("sealed")));
        QCOMPARE(child<QLineEdit>("streamNameEdit")->text(), text("RETURNS"));
    }

    void changesNothingForWhatIsNoStream()
    {
        importFromClipboard("{\"name\":\"RETURNS\",\"max_msgs\":\"many\"}");
        QVERIFY(m_fixture->passTimeUntil([this] { return message()->isVisible(); }));
        QCOMPARE(message()->tone(), Tone::Bad);
        QVERIFY(message()->text().contains(text("max_msgs")));
        QVERIFY(!child<QLineEdit>("streamNameEdit")->isVisible());
        QVERIFY(!m_page->findChild<StreamForm *>()->hasDraft());
    }

    void importsFiles()
    {
        QFile file(path("RETURNS.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"name\":\"RETURNS\",\"subjects\":[\"returns.>\"]}");
        file.close();
        QVERIFY(chooseNew("Import from a file…"));
        pick("importFileDialog", file.fileName());
        QVERIFY(m_fixture->passTimeUntil([this] { return child<QLineEdit>("streamNameEdit")->isVisible(); }));
        QCOMPARE(child<QLineEdit>("streamNameEdit")->text(), text("RETURNS"));
    }

    void makesSeveralOneAfterAnother()
    {
        importFromClipboard(inJson("[{'name':'A','subjects':['a.>']},{'name':'B','subjects':['a.b']},"
                                   "{'name':'C','subjects':['c.>']},{'name':'D','subjects':['d.>']},"
                                   "{'name':'orders','max_msgs':7},{'name':'orders'}]"));
        QVERIFY(m_fixture->passTimeUntil([this] { return m_page->findChild<ImportDialog *>(); }));
        const auto box = [this](
                             int row) { return child<QCheckBox>(qPrintable(QStringLiteral("importBox%1").arg(row))); };
        const auto words = [this](int row) {
            return child<QLabel>(qPrintable(QStringLiteral("importWords%1").arg(row)))->text();
        };
        QVERIFY(m_fixture->passTimeUntil([&box] { return !box(1)->isEnabled(); }));
        QVERIFY(box(0)->isChecked());
        QVERIFY(!box(1)->isEnabled()); // its subjects overlap those of A
        QVERIFY(words(1).contains(text("overlaps")));
        QVERIFY(!box(4)->isEnabled());
        QVERIFY(words(4).contains(text("max_msgs")));
        QVERIFY(!box(5)->isEnabled());
        QVERIFY(words(5).startsWith(text("There already, as it is here")));
        box(2)->setChecked(false);
        auto *confirm = child<QPushButton>("confirmImportButton");
        QVERIFY(confirm->text().contains(QLatin1Char('2')));
        server().stand(text("$JS.API.STREAM.CREATE.A"), JetStreamFixture::streamInfo(text("A")));
        server().stand(text("$JS.API.STREAM.CREATE.D"), JetStreamFixture::refusal(400, 10047, text("no storage")));
        QVERIFY(m_page->findChild<ImportDialog *>()->hasDraft());
        confirm->click();
        QCOMPARE(m_operations->titles(), QStringList{text("Import of 6 streams")});
        QVERIFY(!m_page->findChild<ImportDialog *>()->hasDraft());
        QVERIFY(m_fixture->passTimeUntil(
            [this] { return child<QPushButton>("closeImportButton")->text() == text("Close"); }));
        QCOMPARE(m_operations->titles(), QStringList());
        QCOMPARE(words(0), text("Made"));
        QVERIFY(words(3).contains(text("storage")));
        QCOMPARE(child<QLabel>("importSummaryLabel")->text(), text("1 of 2 were made."));
        QCOMPARE(server().count(text("$JS.API.STREAM.CREATE.C")), 0);
        QVERIFY(!confirm->isVisible());
    }

    void comparesInTheBackground()
    {
        QJsonArray many;
        for (int i = 0; i < 1000; ++i)
            many.append(QJsonObject{{text("name"), QStringLiteral("S%1").arg(i)}});
        const auto streams = streamsInText(QJsonDocument(many).toJson());
        QVERIFY(streams);
        const QStringList accounts{text("default"), text("other")};
        auto dialog = std::make_unique<ImportDialog>(*streams, accounts, *m_service, nullptr);
        auto *confirm = dialog->findChild<QPushButton *>(text("confirmImportButton"));
        auto *account = dialog->findChild<QComboBox *>(text("importAccountCombo"));
        // what is compared arrives through the event loop only
        QVERIFY(!confirm->isEnabled());
        QVERIFY2(confirm->toolTip().contains(text("compared")), qPrintable(confirm->toolTip()));
        QTRY_VERIFY(confirm->isEnabled());
        QVERIFY2(confirm->text().contains(text("1000")), qPrintable(confirm->text()));
        account->setCurrentIndex(1);
        QVERIFY(!confirm->isEnabled()); // what was compared is of the other account
        account->setCurrentIndex(0);
        QTRY_VERIFY(confirm->isEnabled());
        account->setCurrentIndex(1);
        dialog.reset(); // while it compares
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::sendPostedEvents();
        int asked = 0;
        const auto plans =
            plannedImports(*streams, text("default"), {}, m_service->context(), [&asked] { return ++asked <= 3; });
        QCOMPARE(plans.size(), 3); // whoever does not want the rest does not wait for it
    }

    /// A text edit gives no-break spaces back as blanks, and line separators as newlines.
    void copiesAnExportCharacterByCharacter()
    {
        const QString exact = QString(QStringLiteral("10")) + QChar(QChar::Nbsp) + QChar(0x20AC)
            + QChar(QChar::LineSeparator) + QLatin1Char('\n');
        ExportDialog dialog(text("Export"), text("orders"), [exact](AssetForm) { return ExportedAsset{exact, {}}; });
        dialog.findChild<QPushButton *>(text("copyExportButton"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), exact);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    }

    void exportsInThreeForms()
    {
        QVERIFY(chooseOf(orders(), "Export…"));
        auto *dialog = m_page->findChild<ExportDialog *>();
        QVERIFY(dialog);
        auto *content = dialog->findChild<QPlainTextEdit *>(text("exportText"));
        QVERIFY(content->toPlainText().contains(text("\"name\": \"orders\"")));
        auto *form = dialog->findChild<SegmentedChoice *>();
        form->choose(1);
        QVERIFY(content->toPlainText().startsWith(text("nats stream add orders")));
        form->choose(2);
        QVERIFY(content->toPlainText().contains(text("kind: Stream")));
        dialog->findChild<QPushButton *>(text("copyExportButton"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), content->toPlainText());
        dialog->findChild<QPushButton *>(text("saveExportButton"))->click();
        pick("exportFileDialog", path("orders.yaml"));
        auto *outcome = dialog->findChild<InlineMessage *>(text("exportOutcomeMessage"));
        QTRY_VERIFY(outcome->isVisible());
        QCOMPARE(outcome->tone(), Tone::Good);
        QFile saved(path("orders.yaml"));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(saved.readAll()), content->toPlainText());
        QTRY_VERIFY(!child<QFileDialog>("exportFileDialog"));
        dialog->findChild<QPushButton *>(text("saveExportButton"))->click();
        pick("exportFileDialog", path("there/is/no/such/folder"));
        QTRY_COMPARE(outcome->tone(), Tone::Bad);
        dialog->close();
        QVERIFY(chooseOf(orders(), "Export…"));
        QTRY_COMPARE(m_page->findChildren<ExportDialog *>().size(), 1); // in the form that was chosen last
        QVERIFY(m_page->findChild<QPlainTextEdit *>(text("exportText"))->toPlainText().contains(text("kind: Stream")));
    }

    void backsUp()
    {
        server().expect(text("$JS.API.STREAM.SNAPSHOT.orders"), description("orders"));
        QVERIFY(chooseOf(orders(), "Back up…"));
        pick("backupFileDialog", path("orders-backup"));
        auto *dialog = m_page->findChild<BackupDialog *>();
        QVERIFY(dialog && !dialog->isModal());
        QVERIFY(m_fixture->passTimeUntil([this] { return server().isSubscribed(); }));
        const QByteArray whole = archive("all that it holds");
        server().deliver({"in", "$JS.SNAPSHOT.ACK.orders.x.20.1", whole.left(20)});
        server().deliver({"in", {}, whole.mid(20)});
        server().deliver({"in", {}, {}, 204, {}});
        auto *outcome = dialog->findChild<InlineMessage *>(text("backupOutcomeMessage"));
        QVERIFY(m_fixture->passTimeUntil([outcome] { return outcome->isVisible(); }));
        QCOMPARE(outcome->tone(), Tone::Good);
        QVERIFY(countsIn(dialog).contains(text("5")));
        QCOMPARE(QDir(path("orders-backup")).entryList(QDir::Files),
            (QStringList{text("backup.json"), text("stream.tar.s2"), text("stream.tar.s2.b2")}));
    }

    void keepsNothingOfABackupThatBreaks()
    {
        server().expect(text("$JS.API.STREAM.SNAPSHOT.orders"), description("orders"));
        QVERIFY(chooseOf(orders(), "Back up…"));
        pick("backupFileDialog", path("orders-backup"));
        auto *dialog = m_page->findChild<BackupDialog *>();
        QVERIFY(m_fixture->passTimeUntil([this] { return server().isSubscribed(); }));
        dialog->reject(); // out of sight only
        QVERIFY(!dialog->isVisible());
        QCOMPARE(m_operations->titles(), QStringList{text("Backup of orders")});
        m_operations->all().constFirst().show();
        QVERIFY(dialog->isVisible());
        dialog->reject();
        server().deliver({"in", "$JS.SNAPSHOT.ACK.orders.x.20.1", archive("all that it holds").left(20)});
        server().breakSubscription({Error::Kind::Offline, text("The tunnel is gone."), {}, {}, {}});
        auto *outcome = dialog->findChild<InlineMessage *>(text("backupOutcomeMessage"));
        QVERIFY(m_fixture->passTimeUntil([outcome] { return outcome->isVisible(); }));
        QCOMPARE(outcome->tone(), Tone::Bad);
        QCOMPARE(m_operations->titles(), QStringList());
        QVERIFY(dialog->findChild<QPushButton *>(text("beginBackupAgainButton"))->isVisible());
        QTRY_COMPARE(
            QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
        dialog->findChild<QPushButton *>(text("beginBackupAgainButton"))->click();
        QVERIFY(child<QFileDialog>("backupFileDialog"));
    }

    void stopsABackupThoughItsDialogHasGone()
    {
        server().expect(text("$JS.API.STREAM.SNAPSHOT.orders"), description("orders"));
        QVERIFY(chooseOf(orders(), "Back up…"));
        pick("backupFileDialog", path("orders-backup"));
        QVERIFY(m_fixture->passTimeUntil([this] { return server().isSubscribed(); }));
        const RunningOperations::Operation running = m_operations->all().constFirst();
        delete m_page->findChild<BackupDialog *>();
        QCOMPARE(m_operations->titles(), QStringList());
        running.stop();
        QTRY_COMPARE(
            QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
    }

    void restores()
    {
        writeBackup("returns");
        server().expect(text("$JS.API.STREAM.RESTORE.returns"),
            {{text("deliver_subject"), text("$JS.SNAPSHOT.RESTORE.returns.x")}});
        server().whenPublished([this](const NatsMessage &sent) {
            server().deliver(
                {sent.replyTo, {}, sent.payload.isEmpty() ? inJson(description("returns")) : QByteArray()});
        });
        QVERIFY(chooseNew("Restore a backup…"));
        pick("restoreFileDialog", path("backup"));
        QVERIFY(m_fixture->passTimeUntil([this] { return m_page->findChild<RestoreDialog *>(); }));
        auto *confirm = child<QPushButton>("confirmRestoreButton");
        QVERIFY2(confirm->isEnabled(), qPrintable(confirm->toolTip()));
        confirm->click();
        auto *dialog = m_page->findChild<BackupDialog *>();
        QVERIFY(dialog);
        auto *outcome = dialog->findChild<InlineMessage *>(text("backupOutcomeMessage"));
        QVERIFY(m_fixture->passTimeUntil([outcome] { return outcome->isVisible(); }));
        QVERIFY2(outcome->tone() == Tone::Good, qPrintable(outcome->title() + outcome->text()));
        QCOMPARE(countsIn(dialog).count(text("5")), 4); // messages and last sequence, on both sides
    }

    void refusesWhatTheAccountHasAlready()
    {
        writeBackup("orders");
        QVERIFY(chooseNew("Restore a backup…"));
        pick("restoreFileDialog", path("backup"));
        QVERIFY(m_fixture->passTimeUntil([this] { return m_page->findChild<RestoreDialog *>(); }));
        QVERIFY(!child<QPushButton>("confirmRestoreButton")->isEnabled());
        QVERIFY(child<InlineMessage>("restoreNote")->text().contains(text("orders")));
    }

    void saysWhatIsNoBackup()
    {
        QVERIFY(chooseNew("Restore a backup…"));
        pick("restoreFileDialog", m_folder->path());
        QVERIFY(m_fixture->passTimeUntil([this] { return message()->isVisible(); }));
        QVERIFY(message()->text().contains(text("backup.json")));
    }

    void doesNotBackUpWhatOlderServersKeepInMemory()
    {
        Stream cache = orders();
        cache.config[text("storage")] = text("memory");
        QMenu menu;
        m_files->addActions(&menu, cache);
        const QAction *action = menu.actions().at(1);
        QVERIFY(!action->isEnabled());
        QVERIFY(action->toolTip().contains(text("2.15")));
    }
};

QTEST_MAIN(StreamFilesTest)
#include "tst_streamfiles.moc"
