// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/runningoperations.h"
#include "services/messaging/filesaving.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/runtimeservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/logs/logsavedialog.h"
#include "widgets/logs/logspage.h"
#include "widgets/logs/logview.h"

#include <QAbstractFileIconProvider>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileSystemModel>
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QToolTip>

#include <sys/stat.h>

using namespace std::chrono_literals;

namespace {

QString nameSpace()
{
    return u"pennant-messaging"_qs;
}

QJsonObject pod(const QString &name)
{
    const QJsonObject metadata{{u"name"_qs, name}, {u"namespace"_qs, nameSpace()},
        {u"labels"_qs, RuntimeNames::labels()},
        {u"annotations"_qs, QJsonObject{{u"kubectl.kubernetes.io/default-container"_qs, u"nats"_qs}}}};
    const QJsonArray containers{QJsonObject{{u"name"_qs, u"reloader"_qs}}, QJsonObject{{u"name"_qs, u"nats"_qs}}};
    const QJsonObject status{{u"phase"_qs, u"Running"_qs},
        {u"conditions"_qs, QJsonArray{QJsonObject{{u"type"_qs, u"Ready"_qs}, {u"status"_qs, u"True"_qs}}}}};
    return {{u"apiVersion"_qs, u"v1"_qs}, {u"kind"_qs, u"Pod"_qs}, {u"metadata"_qs, metadata},
        {u"spec"_qs, QJsonObject{{u"containers"_qs, containers}}}, {u"status"_qs, status}};
}

QJsonObject unscheduled(const QString &name)
{
    const QJsonObject condition{{u"type"_qs, u"PodScheduled"_qs}, {u"status"_qs, u"False"_qs},
        {u"reason"_qs, u"Unschedulable"_qs}, {u"message"_qs, u"0/1 nodes are available: 1 Insufficient cpu."_qs}};
    QJsonObject object = pod(name);
    object[u"status"_qs] = QJsonObject{{u"phase"_qs, u"Pending"_qs}, {u"conditions"_qs, QJsonArray{condition}}};
    return object;
}

QJsonObject record()
{
    RuntimeRecord record;
    record.operation.state = RuntimeOperation::State::Done;
    return record.toConfigMap(nameSpace());
}

} // namespace

class TestLogsPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void saysThatThereIsNoRuntime();
    void readsTheFirstPodsNatsContainer();
    void readsAgainWhereTheRuntimeIsEnabledAgain();
    void offersARoleWhereTheLogIsRefused();
    void readsAnotherContainer();
    void togglesFollowWithTheView();
    void saysWhyAPodHasNotStarted();
    void explainsThatThereIsNoPreviousLog();
    void copiesEverythingOrTheSelection();
    void saysWhenALargeCopyIsDone();
    void downloads();
    void goesWithoutWaitingForADownload();
    void listsADownloadWhileItRuns();
    void namesTheFileOfAPreviousLog();
    void saysWhyADownloadFailed();
    void writesToOrdinaryFilesOnly_data();
    void writesToOrdinaryFilesOnly();
    void asksWithoutReadingFiles();
    void keepsItsKeysWithoutWords();

private:
    void enable();
    template <typename Widget> Widget *find(const char *name) const
    {
        return m_page->findChild<Widget *>(QLatin1String(name));
    }
    QString status() const { return find<QLabel>("logStatusLabel")->text(); }

    std::unique_ptr<FakeCluster> m_cluster;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<RuntimeService> m_runtime;
    std::unique_ptr<LogService> m_logs;
    std::unique_ptr<LogsPage> m_page;
};

void TestLogsPage::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"pennant-tests"_qs);
}

void TestLogsPage::init()
{
    QSettings().clear();
    m_cluster = std::make_unique<FakeCluster>();
    m_clock = std::make_unique<FakeClock>();
    m_runtime = std::make_unique<RuntimeService>(*m_cluster, *m_clock, nameSpace(), u"ana@laptop"_qs);
    m_logs = std::make_unique<LogService>(*m_cluster, *m_runtime);
    m_page = std::make_unique<LogsPage>(*m_logs, *m_runtime, *m_clock);
    m_page->resize(1100, 600);
    m_page->show();
    m_runtime->start();
}

void TestLogsPage::cleanup()
{
    m_page.reset();
    m_logs.reset();
    m_runtime.reset();
    m_cluster.reset();
    m_clock.reset();
}

void TestLogsPage::enable()
{
    m_cluster->put(record());
    m_cluster->put(pod(u"nats-0"_qs));
    m_cluster->put(pod(u"nats-1"_qs));
    m_cluster->appendLog(nameSpace(), u"nats-0"_qs, u"nats"_qs, "[1] [INF] one\n[1] [ERR] two\n");
    m_cluster->appendLog(nameSpace(), u"nats-0"_qs, u"reloader"_qs, "reloading\n");
    // Watches gather changes for a moment before they tell.
    QTRY_VERIFY((m_clock->advance(200ms), find<QComboBox>("podCombo")->count() == 2));
}

void TestLogsPage::saysThatThereIsNoRuntime()
{
    auto *empty = find<EmptyState>("logsEmptyState");
    QTRY_VERIFY(empty->actionButton()->isVisible());
    QSignalSpy spy(m_page.get(), &LogsPage::settingsRequested);
    empty->actionButton()->click();
    QCOMPARE(spy.count(), 1);
    QVERIFY(!find<QComboBox>("podCombo")->isVisible());
}

void TestLogsPage::readsTheFirstPodsNatsContainer()
{
    enable();
    QTRY_VERIFY(find<LogView>("logView")->isVisible());
    QCOMPARE(find<QComboBox>("podCombo")->currentText(), u"nats-0"_qs);
    QCOMPARE(find<QComboBox>("containerCombo")->currentText(), u"nats"_qs);
    QTRY_VERIFY2(status().startsWith(u"2 lines"_qs), qPrintable(status()));
    QVERIFY(status().contains(u"nothing dropped"_qs));
    m_cluster->appendLog(nameSpace(), u"nats-0"_qs, u"nats"_qs, "[1] [INF] three\n");
    QTRY_VERIFY2(status().startsWith(u"3 lines"_qs), qPrintable(status()));
}

void TestLogsPage::offersARoleWhereTheLogIsRefused()
{
    m_cluster->isAllowed = [](const Permission &wanted) { return wanted.subresource != u"log"_qs; };
    enable();
    auto *message = find<InlineMessage>("logMessage");
    QTRY_VERIFY((m_clock->advance(200ms), message->isVisible()));
    QTRY_COMPARE((m_clock->advance(200ms), message->actionButton()->text()), u"Copy Role"_qs);
    message->actionButton()->click();
    const QString role = QGuiApplication::clipboard()->text();
    QVERIFY2(role.contains(u"pods/log"_qs), qPrintable(role));
    m_cluster->isAllowed = {};
    QTRY_VERIFY2((m_clock->advance(1s), status().startsWith(u"2 lines"_qs)), qPrintable(status()));
    QVERIFY(!message->isVisible());
}

void TestLogsPage::readsAgainWhereTheRuntimeIsEnabledAgain()
{
    enable();
    auto *pods = find<QComboBox>("podCombo");
    pods->setCurrentText(u"nats-1"_qs);
    for (const char *name : {"nats-0", "nats-1"})
        m_cluster->erase({u"v1"_qs, u"Pod"_qs, nameSpace(), QLatin1String(name)});
    m_cluster->erase({u"v1"_qs, u"ConfigMap"_qs, nameSpace(), QLatin1String(RuntimeNames::record)});
    const auto *empty = find<EmptyState>("logsEmptyState");
    QTRY_VERIFY((m_clock->advance(200ms), empty->actionButton()->isVisible()));

    m_cluster->put(record());
    m_cluster->put(pod(u"nats-0"_qs));
    QTRY_VERIFY((m_clock->advance(200ms), find<LogView>("logView")->isVisible()));
    QCOMPARE(pods->count(), 1);
    QTRY_VERIFY2(status().startsWith(u"2 lines"_qs), qPrintable(status()));
}

void TestLogsPage::readsAnotherContainer()
{
    enable();
    find<QComboBox>("containerCombo")->setCurrentText(u"reloader"_qs);
    QTRY_VERIFY2(status().startsWith(u"1 line "_qs), qPrintable(status()));
    find<LogView>("logView")->selectAll();
    QCOMPARE(find<LogView>("logView")->selectedText(), u"reloading"_qs);
}

void TestLogsPage::togglesFollowWithTheView()
{
    enable();
    auto *toggle = find<QPushButton>("followToggle");
    auto *view = find<LogView>("logView");
    QVERIFY(toggle->isChecked());
    view->setFollowing(false);
    QVERIFY(!toggle->isChecked());
    toggle->click();
    QVERIFY(view->isFollowing());
}

void TestLogsPage::saysWhyAPodHasNotStarted()
{
    m_cluster->put(record());
    m_cluster->put(unscheduled(u"nats-0"_qs));
    m_cluster->put(pod(u"nats-1"_qs));
    auto *pods = find<QComboBox>("podCombo");
    QTRY_VERIFY((m_clock->advance(200ms), pods->isVisible()));
    const auto *empty = find<EmptyState>("logsEmptyState");
    QVERIFY(empty->isVisible());
    QVERIFY2(empty->accessibleName().contains(u"nats-0 has not started: Unschedulable"_qs),
        qPrintable(empty->accessibleName()));
    QVERIFY2(
        empty->accessibleDescription().contains(u"Insufficient cpu"_qs), qPrintable(empty->accessibleDescription()));
    QVERIFY(!find<QLabel>("logStatusLabel")->isVisible());

    pods->setCurrentText(u"nats-1"_qs);
    QVERIFY(!empty->isVisible());
    pods->setCurrentText(u"nats-0"_qs);
    QVERIFY(empty->isVisible());

    m_cluster->put(pod(u"nats-0"_qs));
    m_cluster->appendLog(nameSpace(), u"nats-0"_qs, u"nats"_qs, "[1] [INF] one\n");
    QTRY_VERIFY((m_clock->advance(200ms), find<LogView>("logView")->isVisible()));
    QTRY_VERIFY2(status().startsWith(u"1 line "_qs), qPrintable(status()));
}

void TestLogsPage::explainsThatThereIsNoPreviousLog()
{
    enable();
    m_cluster->failNext(1,
        Error{Error::Kind::Invalid, u"previous terminated container \"nats\" not found"_qs, {}, {}, {}}, "GET",
        u"/log"_qs);
    find<QPushButton>("previousToggle")->click();
    auto *empty = find<EmptyState>("logsEmptyState");
    QTRY_VERIFY(empty->isVisible());
    QVERIFY2(empty->accessibleDescription().contains(u"This container has not restarted"_qs),
        qPrintable(empty->accessibleDescription()));
    QVERIFY(!empty->actionButton()->isVisible());
    QVERIFY(!find<InlineMessage>("logMessage")->isVisible());
    QVERIFY(find<QComboBox>("podCombo")->isVisible());
    QVERIFY(!find<QPushButton>("followToggle")->isEnabled());
    find<QPushButton>("previousToggle")->click();
    QTRY_VERIFY(find<LogView>("logView")->isVisible());
    QVERIFY(find<QPushButton>("followToggle")->isEnabled());
}

void TestLogsPage::copiesEverythingOrTheSelection()
{
    enable();
    QTRY_VERIFY(find<QPushButton>("logCopyButton")->isEnabled());
    find<QPushButton>("logCopyButton")->click();
    QCOMPARE(QApplication::clipboard()->text(), u"[1] [INF] one\n[1] [ERR] two\n"_qs);
    QCOMPARE(find<QPushButton>("logCopyButton")->accessibleDescription(), u"Copied 2 lines"_qs);
    QCOMPARE(QToolTip::text(), u"Copied 2 lines"_qs);
    auto *view = find<LogView>("logView");
    view->selectAll();
    LogSelection selection = view->selection();
    selection.cursor = {selection.anchor.line, 3};
    view->select(selection);
    find<QPushButton>("logCopyButton")->click();
    QCOMPARE(QApplication::clipboard()->text(), u"[1]"_qs);
    QCOMPARE(find<QPushButton>("logCopyButton")->accessibleDescription(), u"Copied 1 line"_qs);
    QTRY_COMPARE(find<QPushButton>("logCopyButton")->accessibleDescription(), QString());
}

void TestLogsPage::saysWhenALargeCopyIsDone()
{
    enable();
    m_cluster->appendLog(nameSpace(), u"nats-0"_qs, u"nats"_qs, QByteArray("[1] [INF] more\n").repeated(100'000));
    QTRY_VERIFY2(status().startsWith(QLocale().toString(100'002)), qPrintable(status()));
    auto *button = find<QPushButton>("logCopyButton");
    QVERIFY(!button->accessibleDescription().startsWith(u"Copied"_qs));
    button->click();
    QTRY_COMPARE(button->accessibleDescription(), u"Copied %1 lines"_qs.arg(QLocale().toString(100'002)));
    QCOMPARE(QApplication::clipboard()->text().count(u'\n'), 100'002);
}

void TestLogsPage::downloads()
{
    enable();
    QTRY_VERIFY(find<QPushButton>("logDownloadButton")->isEnabled());
    find<QPushButton>("logDownloadButton")->click();
    auto *dialog = find<QFileDialog>("logDownloadDialog");
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"nats.log"_qs);
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
    auto *message = find<InlineMessage>("logOutcomeMessage");
    QTRY_VERIFY(message->isVisible());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("[1] [INF] one\n[1] [ERR] two\n"));
    const LogSaveDialog next(u"nats.log"_qs, nullptr);
    QCOMPARE(next.directory(), QDir(folder.path()));
}

void TestLogsPage::goesWithoutWaitingForADownload()
{
    enable();
    QTRY_VERIFY(find<QPushButton>("logDownloadButton")->isEnabled());
    find<QPushButton>("logDownloadButton")->click();
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"nats.log"_qs);
    // As folders on a network that has gone.
    QSemaphore stalled;
    const int count = savingThreads()->maxThreadCount();
    const auto end = qScopeGuard([&stalled, count] {
        stalled.release(count);
        savingThreads()->waitForDone();
    });
    for (int thread = 0; thread < count; ++thread)
        savingThreads()->start([&stalled] { stalled.acquire(); });
    Q_EMIT find<QFileDialog>("logDownloadDialog")->fileSelected(path);
    m_page.reset();
    stalled.release(count);
    savingThreads()->waitForDone();
    QCoreApplication::processEvents();
    // whole or not there
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
}

void TestLogsPage::listsADownloadWhileItRuns()
{
    RunningOperations operations;
    m_page->listIn(operations);
    const QSignalSpy sight(m_page.get(), &LogsPage::sightRequested);
    enable();
    QTRY_VERIFY(find<QPushButton>("logDownloadButton")->isEnabled());
    find<QPushButton>("logDownloadButton")->click();
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"nats.log"_qs);
    Q_EMIT find<QFileDialog>("logDownloadDialog")->fileSelected(path);
    QCOMPARE(operations.titles(), QStringList{u"Download of the log of nats-0"_qs});
    operations.all().constFirst().show();
    QCOMPARE(sight.size(), 1);
    QTRY_COMPARE(operations.titles(), QStringList());
    QVERIFY(QFileInfo::exists(path));
    m_page.reset();
}

void TestLogsPage::namesTheFileOfAPreviousLog()
{
    enable();
    QTRY_VERIFY(find<QPushButton>("logDownloadButton")->isEnabled());
    const auto offered = [this] {
        find<QPushButton>("logDownloadButton")->click();
        auto *dialog = find<QFileDialog>("logDownloadDialog");
        const QString name = QFileInfo(dialog->selectedFiles().value(0)).fileName();
        delete dialog;
        return name;
    };
    QCOMPARE(offered(), u"nats-0-nats.log"_qs);
    find<QPushButton>("previousToggle")->click();
    QTRY_VERIFY(find<QPushButton>("logDownloadButton")->isEnabled());
    QCOMPARE(offered(), u"nats-0-nats-previous.log"_qs);
}

void TestLogsPage::saysWhyADownloadFailed()
{
    enable();
    QTRY_VERIFY(find<QPushButton>("logDownloadButton")->isEnabled());
    find<QPushButton>("logDownloadButton")->click();
    auto *dialog = find<QFileDialog>("logDownloadDialog");
    // Takes no byte: as a full disk.
    Q_EMIT dialog->fileSelected(u"/proc/nats.log"_qs);
    dialog->close();
    auto *message = find<InlineMessage>("logOutcomeMessage");
    QTRY_VERIFY(message->isVisible());
    QCOMPARE(message->tone(), Tone::Bad);
}

void TestLogsPage::writesToOrdinaryFilesOnly_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("word");
    QTest::newRow("no folder") << u"missing/nats.log"_qs << u"does not exist"_qs;
    QTest::newRow("a folder") << u"."_qs << u"is a folder"_qs;
    QTest::newRow("a pipe, which would block") << u"pipe"_qs << u"no ordinary file"_qs;
}

void TestLogsPage::writesToOrdinaryFilesOnly()
{
    QFETCH(QString, name);
    QFETCH(QString, word);
    enable();
    const QTemporaryDir folder;
    QCOMPARE(::mkfifo(qPrintable(folder.filePath(u"pipe"_qs)), 0600), 0);
    QTRY_VERIFY(find<QPushButton>("logDownloadButton")->isEnabled());
    find<QPushButton>("logDownloadButton")->click();
    Q_EMIT find<QFileDialog>("logDownloadDialog")->fileSelected(folder.filePath(name));
    auto *message = find<InlineMessage>("logOutcomeMessage");
    QTRY_VERIFY(message->isVisible());
    QCOMPARE(message->tone(), Tone::Bad);
    QVERIFY2(message->title().contains(word), qPrintable(message->title()));
    QVERIFY(!message->title().contains(u"space"_qs));
}

void TestLogsPage::asksWithoutReadingFiles()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"content"_qs));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("%PDF-1.4\n");
    file.close();
    LogSaveDialog dialog(u"nats.log"_qs, nullptr);
    const QString type = dialog.iconProvider()->type(QFileInfo(file.fileName()));
    QVERIFY2(!type.contains(u"PDF"_qs), qPrintable(type));
    QVERIFY(dialog.directory() != QDir::current());
    // Its kmsg gives root what the kernel says next, which may be never.
    dialog.setDirectory(u"/proc"_qs);
    dialog.show();
    const auto *files = dialog.findChild<QFileSystemModel *>();
    QTRY_VERIFY(files->index(u"/proc/kmsg"_qs).isValid());
    QVERIFY(!files->index(u"/proc/kmsg"_qs).siblingAtColumn(2).data().toString().isEmpty());
}

void TestLogsPage::keepsItsKeysWithoutWords()
{
    enable();
    m_page->resize(800, 600);
    const auto *copy = find<QPushButton>("logCopyButton");
    QTRY_VERIFY(copy->isEnabled());
    QVERIFY(copy->text().isEmpty());
    QCOMPARE(copy->shortcut(), QKeySequence(Qt::ALT | Qt::Key_Y));
    QCOMPARE(find<QPushButton>("logDownloadButton")->shortcut(), QKeySequence(Qt::ALT | Qt::Key_D));
    for (const char *name : {"logCopyButton", "logDownloadButton", "logRefreshButton"}) {
        const auto *button = find<QPushButton>(name);
        QVERIFY2(button->toolTip().contains(button->shortcut().toString(QKeySequence::NativeText)), name);
    }
}

QTEST_MAIN(TestLogsPage)
#include "tst_logspage.moc"
