// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/backupfolder.h"

#include <QDir>
#include <QJsonDocument>
#include <QLockFile>
#include <QProcess>
#include <QTest>

#include <sys/stat.h>

namespace {

/// One frame, as a server sends it.
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

StreamBackup::Description description()
{
    return {{{QStringLiteral("name"), QStringLiteral("ORDERS")}, {QStringLiteral("of_tomorrow"), 5}},
        {{QStringLiteral("messages"), 3}}};
}

} // namespace

class BackupFolderTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    QStringList all() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    void write(const QString &file, const QByteArray &content)
    {
        QDir().mkpath(QFileInfo(file).absolutePath());
        QFile made(file);
        QVERIFY(made.open(QIODevice::WriteOnly));
        made.write(content);
    }

    /// Files there that this process has open.
    static QStringList openIn(const QString &folder)
    {
        QStringList open;
        const auto descriptors = QDir(QStringLiteral("/proc/self/fd")).entryInfoList(QDir::System | QDir::Files);
        for (const QFileInfo &each : descriptors) {
            if (each.symLinkTarget().startsWith(QFileInfo(folder).canonicalFilePath()))
                open.append(each.symLinkTarget());
        }
        return open;
    }

    static Result<void> checkToEnd(const std::function<Result<bool>()> &readOn)
    {
        for (;;) {
            const Result<bool> isAtEnd = readOn();
            if (!isAtEnd)
                return fail(isAtEnd.error());
            if (*isAtEnd)
                return {};
        }
    }

    /// What a writer leaves whose process has died; `lock` is changed before it is written.
    void leaveAbandoned(const char *name, const std::function<void(QByteArray &lock)> &change = {})
    {
        write(path(name) + QStringLiteral("/backup.json"), "{}");
        write(path(name) + QStringLiteral("/stream.tar.s2.aB3xYz"), "half of it");
        QLockFile own(path("own.lock"));
        QVERIFY(own.tryLock(0));
        QFile file(path("own.lock"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray lock = file.readAll();
        QProcess dead;
        dead.start(QStringLiteral("true"), QStringList());
        QVERIFY(dead.waitForStarted());
        const qint64 pid = dead.processId();
        QVERIFY(dead.waitForFinished());
        lock.replace(0, lock.indexOf('\n'), QByteArray::number(pid));
        if (change)
            change(lock);
        write(path(name) + QStringLiteral("/.lock"), lock);
    }

    void writeBackup(const char *name, const QByteArray &content)
    {
        const auto writer = BackupWriter::create(path(name));
        QVERIFY(writer);
        QVERIFY((*writer)->write({content}));
        QVERIFY((*writer)->finish(description()));
        QVERIFY(checkToEnd([&writer] { return (*writer)->checkOn(); }));
        QVERIFY((*writer)->adopt());
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void standsUnderItsNameOnceItIsWhole()
    {
        const QByteArray content = archive("all that it holds");
        {
            const auto writer = BackupWriter::create(path("whole"));
            QVERIFY(writer);
            const auto uncompressed = (*writer)->write({content.left(7), content.mid(7)});
            QCOMPARE(uncompressed.value_or(0), 17);
            QVERIFY((*writer)->finish(description()));
            QVERIFY(checkToEnd([&writer] { return (*writer)->checkOn(); }));
            QVERIFY(!QFileInfo::exists(path("whole")));
            QVERIFY((*writer)->adopt());
            QCOMPARE(openIn(path("whole")), QStringList()); // Windows would not have renamed it
        }
        QCOMPARE(all(), QStringList{QStringLiteral("whole")});
        for (const QString &chosen : {path("whole"), path("whole/backup.json")}) {
            const auto backup = openBackup(chosen);
            QVERIFY(backup);
            QCOMPARE(backup->description.config, description().config);
            QCOMPARE(backup->description.state, description().state);
            QCOMPARE(backup->archiveBytes, content.size());
            ArchiveCheck check(backup->archive, {backup->digest, {}});
            QVERIFY(checkToEnd([&check] { return check.readOn(); }));
        }
    }

    void tellsTheServersOwnFormatByWhatItHolds()
    {
        writeBackup("new", archive("NATSARC1 and so on"));
        QVERIFY(openBackup(path("new"))->archive.endsWith(QLatin1String("stream.arc.s2")));
        writeBackup("old", archive("a tar file"));
        QVERIFY(openBackup(path("old"))->archive.endsWith(QLatin1String("stream.tar.s2")));
    }

    void leavesNothingOfWhatIsNotFinished()
    {
        {
            const auto writer = BackupWriter::create(path("half"));
            QVERIFY((*writer)->write({archive("all that it holds").left(20)}));
            QVERIFY(!(*writer)->finish(description())); // it breaks off
        }
        QCOMPARE(all(), QStringList());
    }

    void removesWhatAWriterLeftThatHasDied()
    {
        leaveAbandoned(".pennant-backup-dead00");
        QCOMPARE(all().size(), 1);
        const auto writer = BackupWriter::create(path("next"));
        QVERIFY(writer);
        QVERIFY(!QFileInfo::exists(path(".pennant-backup-dead00")));
        // nor does a third take away what that one writes
        const auto other = BackupWriter::create(path("third"));
        QVERIFY(other);
        QVERIFY((*writer)->write({archive("all that it holds")}));
        QVERIFY((*writer)->finish(description()));
        QVERIFY(checkToEnd([&writer] { return (*writer)->checkOn(); }));
        QVERIFY((*writer)->adopt());
        QCOMPARE(QDir(path("next")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
            (QStringList{
                QStringLiteral("backup.json"), QStringLiteral("stream.tar.s2"), QStringLiteral("stream.tar.s2.b2")}));
    }

    void leavesWhatMayBeAnothers_data()
    {
        QTest::addColumn<QString>("more"); // a file that no writer makes
        QTest::addColumn<bool>("isLocked");
        QTest::addColumn<bool>("isOfThisHost");
        QTest::newRow("without a lock") << QString() << false << true;
        QTest::newRow("a file of somebody else") << QStringLiteral("notes.txt") << true << true;
        QTest::newRow("a folder of somebody else") << QStringLiteral("more/notes.txt") << true << true;
        QTest::newRow("written by another host") << QString() << true << false;
    }
    void leavesWhatMayBeAnothers()
    {
        QFETCH(QString, more);
        QFETCH(bool, isLocked);
        QFETCH(bool, isOfThisHost);
        leaveAbandoned(".pennant-backup-other0", [isOfThisHost](QByteArray &lock) {
            if (!isOfThisHost)
                lock.replace(QSysInfo::machineHostName().toUtf8(), "elsewhere")
                    .replace(QSysInfo::machineUniqueId(), "another-machine");
        });
        const QString folder = path(".pennant-backup-other0");
        if (!more.isEmpty())
            write(folder + QLatin1Char('/') + more, "mine");
        if (!isLocked)
            QFile::remove(folder + QStringLiteral("/.lock"));
        const auto kept = [&folder] { // the lock is the writer's own
            QStringList names = QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
            names.removeAll(QStringLiteral(".lock"));
            return names;
        };
        const QStringList before = kept();
        QVERIFY(BackupWriter::create(path("next")));
        QCOMPARE(kept(), before);
        QVERIFY(QFileInfo::exists(folder + QStringLiteral("/backup.json")));
    }

    void followsNoLink()
    {
        leaveAbandoned("elsewhere");
        QVERIFY(QFile::link(path("elsewhere"), path(".pennant-backup-link00")));
        QVERIFY(BackupWriter::create(path("next")));
        QVERIFY(QFileInfo::exists(path("elsewhere/backup.json")));
        QVERIFY(QFileInfo(path(".pennant-backup-link00")).isSymLink());
    }

    void overwritesNothing()
    {
        write(path("there/file"), "x");
        const auto writer = BackupWriter::create(path("there"));
        QVERIFY(!writer);
        QCOMPARE(writer.error().kind, Error::Kind::Local);
        QVERIFY(!BackupWriter::create(path("no/such/folder/backup")));
    }

    void noticesDamage_data()
    {
        QTest::addColumn<bool>("isDigestKept");
        QTest::newRow("by the digest") << true;
        QTest::newRow("by the frames, as of a backup that the nats CLI wrote") << false;
    }
    void noticesDamage()
    {
        QFETCH(bool, isDigestKept);
        writeBackup("damaged", archive("all that it holds"));
        const QString file = openBackup(path("damaged"))->archive;
        if (!isDigestKept)
            QFile::remove(file + QLatin1String(".b2"));
        for (const qint64 at : {20, 30}) {
            QFile damaged(file);
            QVERIFY(damaged.open(QIODevice::ReadWrite));
            QByteArray content = damaged.readAll();
            content[at] = char(content[at] ^ 1);
            damaged.seek(0);
            damaged.write(content);
            damaged.close();
            ArchiveCheck check(file, {openBackup(path("damaged"))->digest, {}});
            const auto checked = checkToEnd([&check] { return check.readOn(); });
            QVERIFY(!checked);
            QCOMPARE(checked.error().kind, Error::Kind::Protocol);
        }
    }

    void saysWhatIsNoBackup()
    {
        const QByteArray stream = QJsonDocument(QJsonObject{{QStringLiteral("config"), description().config}}).toJson();
        write(path("empty/x"), {});
        write(path("broken/backup.json"), "{");
        write(path("nameless/backup.json"), "{\"config\":{}}");
        write(path("without/backup.json"), stream);
        write(path("both/backup.json"), stream);
        write(path("both/stream.tar.s2"), "x");
        write(path("both/stream.arc.s2"), "x");
        write(path("pipe/backup.json"), stream);
        QCOMPARE(mkfifo(path("pipe/stream.tar.s2").toUtf8().constData(), 0600), 0);
        for (const char *name : {"empty", "broken", "nameless", "without", "both", "pipe", "nowhere"}) {
            const auto backup = openBackup(path(name));
            QVERIFY2(!backup, name);
            QCOMPARE(backup.error().kind, Error::Kind::Invalid);
        }
    }
};

QTEST_GUILESS_MAIN(BackupFolderTest)
#include "tst_backupfolder.moc"
