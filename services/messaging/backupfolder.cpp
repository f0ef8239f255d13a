// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/backupfolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace {

constexpr qint64 readAtOnce = 4 * 1024 * 1024;
constexpr qint64 largestDescription = 64 * 1024 * 1024;
constexpr QLatin1String descriptionFile("backup.json");
constexpr QLatin1String archiveFile("stream.arc.s2"); // nats-server's own format
constexpr QLatin1String tarFile("stream.tar.s2");
constexpr QLatin1String digestSuffix(".b2");
constexpr QLatin1String temporaryName(".pennant-backup-XXXXXX");
constexpr QLatin1String lockFile(".lock");

QString text(const char *source)
{
    return QCoreApplication::translate("StreamBackup", source);
}

tl::unexpected<Error> notWritten(const QString &path, const QString &why)
{
    return fail(Error::Kind::Local,
        text("%1 can't be written. See that there is room, and that you may write there.").arg(path), why);
}

tl::unexpected<Error> notRead(const QFile &file)
{
    return fail(Error::Kind::Local, text("%1 can't be read.").arg(file.fileName()), file.errorString());
}

tl::unexpected<Error> noBackup(const QString &folder, const QString &why)
{
    return fail(Error::Kind::Invalid,
        text("There is no backup in %1: %2 Choose the folder that Pennant or `nats stream backup` has written.")
            .arg(folder, why));
}

/// A file that a writer makes, or the one that QSaveFile writes in its place until it is whole
/// ("stream.tar.s2.aB3xYz").
bool isOfAWriter(const QFileInfo &file)
{
    if (!file.isFile() || file.isSymLink())
        return false;
    const QString name = file.fileName();
    for (const QLatin1String own : {descriptionFile, archiveFile, tarFile}) {
        const QString digest = QString(own) + digestSuffix;
        for (const QString &whole : {QString(own), digest}) {
            constexpr qsizetype randomPart = 7;
            if (name == whole
                || (name.startsWith(whole + QLatin1Char('.')) && name.size() == whole.size() + randomPart))
                return true;
        }
    }
    return false;
}

/// Only where all that is in it is a writer's, and the writer that has locked it is not there any more, on this host.
void removeIfAbandoned(const QFileInfo &folder, uint owner)
{
    const QDir inside(folder.absoluteFilePath());
    const QString lockPath = inside.filePath(lockFile);
    const QFileInfo lockInfo(lockPath);
    const bool mayBeOurs = folder.isDir() && !folder.isSymLink() && folder.ownerId() == owner && lockInfo.isFile()
        && !lockInfo.isSymLink();
    if (!mayBeOurs)
        return;
    QLockFile lock(lockPath);
    lock.setStaleLockTime(0); // age alone proves nothing: a large backup takes hours
    if (!lock.tryLock(0))
        return;
    QStringList files;
    for (const QFileInfo &file :
        inside.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)) {
        if (file.fileName() != lockFile && !isOfAWriter(file))
            return;
        files.append(file.absoluteFilePath());
    }
    for (const QString &file : std::as_const(files)) {
        if (file != lockPath)
            QFile::remove(file);
    }
    lock.unlock();
    QDir().rmdir(inside.path());
}

/// Those beside `folder` of whom it belongs to.
void removeAbandonedBeside(const QString &folder)
{
    QString pattern(temporaryName);
    const QStringList names{pattern.replace(QLatin1String("XXXXXX"), QLatin1String("??????"))};
    const uint owner = QFileInfo(folder).ownerId();
    for (const QFileInfo &each :
        QFileInfo(folder).dir().entryInfoList(names, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot))
        removeIfAbandoned(each, owner);
}

/// b2sum's line begins with it.
QByteArray digestBeside(const QString &archive)
{
    QFile file(archive + digestSuffix);
    constexpr qsizetype hexDigits = 128;
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.read(hexDigits).toLower();
}

Result<StreamBackup::Description> descriptionIn(const QString &folder)
{
    QFile file(QDir(folder).filePath(descriptionFile));
    // anything but a regular file (a pipe, a device) may block or never end
    if (!QFileInfo(file.fileName()).isFile())
        return noBackup(folder, text("backup.json is missing."));
    if (!file.open(QIODevice::ReadOnly))
        return notRead(file);
    if (file.size() > largestDescription)
        return noBackup(folder, text("backup.json is too large."));
    const QJsonObject document = QJsonDocument::fromJson(file.readAll()).object();
    const StreamBackup::Description description{
        document.value(QLatin1String("config")).toObject(), document.value(QLatin1String("state")).toObject()};
    if (description.config.value(QLatin1String("name")).toString().isEmpty())
        return noBackup(folder, text("backup.json names no stream."));
    return description;
}

} // namespace

BackupWriter::BackupWriter(const QString &folder)
    : m_folder(folder)
    , m_temporary(QFileInfo(folder).absolutePath() + QLatin1Char('/') + temporaryName)
    , m_lock(m_temporary.filePath(lockFile))
{
    m_lock.setStaleLockTime(0);
}

Result<std::shared_ptr<BackupWriter>> BackupWriter::create(const QString &folder)
{
    if (QFileInfo::exists(folder))
        return fail(Error::Kind::Local, text("%1 is there already. Choose another name.").arg(folder));
    std::shared_ptr<BackupWriter> writer(new BackupWriter(folder));
    if (!writer->m_temporary.isValid())
        return notWritten(folder, writer->m_temporary.errorString());
    writer->m_lock.tryLock(0); // without it, it is never taken for abandoned
    removeAbandonedBeside(writer->m_temporary.path());
    writer->m_archivePath = writer->m_temporary.filePath(tarFile);
    writer->m_archive = std::make_unique<QSaveFile>(writer->m_archivePath);
    if (!writer->m_archive->open(QIODevice::WriteOnly))
        return notWritten(folder, writer->m_archive->errorString());
    return writer;
}

Result<qint64> BackupWriter::write(const QByteArrayList &pieces)
{
    for (const QByteArray &piece : pieces) {
        if (m_archive->write(piece) != piece.size())
            return notWritten(m_folder, m_archive->errorString());
        m_checksum.add(piece);
        m_written += piece.size();
        if (const auto read = m_stream.feed(piece); !read)
            return fail(read.error());
    }
    return m_stream.uncompressedBytes();
}

Result<void> BackupWriter::finish(const StreamBackup::Description &description)
{
    if (const auto whole = m_stream.finish(); !whole)
        return whole;
    if (!m_archive->commit())
        return notWritten(m_folder, m_archive->errorString());
    const bool isArchive = m_stream.beginning().startsWith("NATSARC1");
    const QString name(isArchive ? archiveFile : tarFile);
    const QString path = m_temporary.filePath(name);
    if (isArchive && !QFile::rename(m_archivePath, path))
        return notWritten(m_folder, {});
    m_archivePath = path;
    const QJsonObject document{
        {QStringLiteral("config"), description.config}, {QStringLiteral("state"), description.state}};
    m_check = std::make_unique<ArchiveCheck>(path, ArchiveCheck::Expected{{}, m_checksum.value()});
    return writeBeside(descriptionFile, QJsonDocument(document).toJson());
}

Result<void> BackupWriter::writeBeside(const QString &name, const QByteArray &content)
{
    QSaveFile file(m_temporary.filePath(name));
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
    return isWritten ? Result<void>() : notWritten(m_folder, file.errorString());
}

Result<bool> BackupWriter::checkOn()
{
    return m_check->readOn();
}

qint64 BackupWriter::checkedBytes() const
{
    return m_check ? m_check->readBytes() : 0;
}

Result<void> BackupWriter::adopt()
{
    const QString name = QFileInfo(m_archivePath).fileName();
    const QByteArray line = digest() + "  " + name.toUtf8() + '\n';
    if (const auto written = writeBeside(name + digestSuffix, line); !written)
        return written;
    m_lock.unlock();
    if (m_check)
        m_check->close(); // on Windows no folder is renamed while a file in it is open
    if (!QDir().rename(m_temporary.path(), m_folder))
        return notWritten(m_folder, {});
    m_temporary.setAutoRemove(false);
    return {};
}

ArchiveCheck::ArchiveCheck(const QString &path, Expected expected)
    : m_file(path)
    , m_expected(std::move(expected))
    , m_hash(QCryptographicHash::Blake2b_512)
{
}

Result<bool> ArchiveCheck::readOn()
{
    if (!m_file.isOpen() && !m_file.open(QIODevice::ReadOnly))
        return notRead(m_file);
    const QByteArray part = m_file.read(readAtOnce);
    if (part.isEmpty() && !m_file.atEnd())
        return notRead(m_file);
    if (part.isEmpty())
        return judge();
    m_hash.addData(part);
    m_read += part.size();
    if (m_expected.checksum)
        m_checksum.add(part);
    else if (m_expected.digest.isEmpty())
        return m_stream.feed(part).map([] { return false; });
    return false;
}

Result<bool> ArchiveCheck::judge() const
{
    const bool isOther = (m_expected.checksum && m_checksum.value() != *m_expected.checksum)
        || (!m_expected.digest.isEmpty() && digest() != m_expected.digest);
    if (isOther)
        return fail(Error::Kind::Protocol, text("The archive is damaged: it is not what was written there."));
    const bool isKnown = m_expected.checksum || !m_expected.digest.isEmpty();
    return isKnown ? Result<bool>(true) : m_stream.finish().map([] { return true; });
}

QString BackupFolder::streamName() const
{
    return description.config.value(QLatin1String("name")).toString();
}

Result<BackupFolder> openBackup(const QString &path)
{
    const QFileInfo info(path);
    const QString folder = info.isDir() ? info.absoluteFilePath() : info.absolutePath();
    const Result<StreamBackup::Description> description = descriptionIn(folder);
    if (!description)
        return fail(description.error());
    QStringList archives;
    for (const QLatin1String name : {archiveFile, tarFile}) {
        if (const QString file = QDir(folder).filePath(name); QFileInfo(file).isFile())
            archives.append(file);
    }
    if (archives.isEmpty())
        return noBackup(folder, text("its archive is missing."));
    if (archives.size() > 1)
        return noBackup(folder, text("it holds two archives, and which one is meant is not known."));
    const QString archive = archives.constFirst();
    return BackupFolder{folder, *description, archive, QFileInfo(archive).size(), digestBeside(archive)};
}
