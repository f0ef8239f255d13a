// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/nats/s2stream.h"
#include "services/nats/streambackup.h"

#include <QCryptographicHash>
#include <QFile>
#include <QLockFile>
#include <QSaveFile>
#include <QTemporaryDir>

#include <memory>
#include <optional>

/// A backup as `nats stream backup` writes it: a folder with what it is of (backup.json) and the archive as the server
/// sent it (stream.tar.s2; stream.arc.s2 of servers from 2.15 on). Beside it stands the archive's digest, as b2sum
/// writes it (BLAKE2b: twice as fast as SHA-256 here). Everything here reads and writes files: for background threads,
/// one at a time.

/// Reads an archive to its end and judges it.
class ArchiveCheck final {
public:
    /// What is to be found. Where neither is known each frame of the archive is looked at.
    struct Expected {
        QByteArray digest = {}; ///< in hexadecimal; empty: not known
        std::optional<quint32> checksum = {}; ///< CRC-32C of all of it, of one that was looked at already
    };

    ArchiveCheck(const QString &path, Expected expected);

    /// A part of it; true at its end, where it was well.
    Result<bool> readOn();
    qint64 readBytes() const { return m_read; }
    /// Lets the file go; nothing is read any more.
    void close() { m_file.close(); }
    /// At its end.
    QByteArray digest() const { return m_hash.result().toHex(); }

private:
    Result<bool> judge() const;

    QFile m_file;
    Expected m_expected;
    QCryptographicHash m_hash;
    Crc32c m_checksum;
    S2Stream m_stream;
    qint64 m_read = 0;
};

/// Writes one. It stands under its name once all of it has been read again; until then in a hidden folder beside, which
/// goes with this. Where the program ends before, that stays: the next one that is written beside takes it away.
class BackupWriter final {
public:
    /// Local where the folder can't be made, or is there already. What writers that are not there any more have left
    /// beside it is removed first; what is not surely that stays.
    static Result<std::shared_ptr<BackupWriter>> create(const QString &folder);

    /// Answers how much the pieces hold uncompressed, so far.
    Result<qint64> write(const QByteArrayList &pieces);
    /// All of the archive is there: writes the rest.
    Result<void> finish(const StreamBackup::Description &description);
    /// Reads the archive again, a part of it each time: answers true at its end, where it was well.
    Result<bool> checkOn();
    /// Writes the digest beside it, and gives the folder its name.
    Result<void> adopt();

    qint64 archiveBytes() const { return m_written; }
    QByteArray digest() const { return m_check ? m_check->digest() : QByteArray(); }
    qint64 checkedBytes() const;

private:
    explicit BackupWriter(const QString &folder);

    Result<void> writeBeside(const QString &name, const QByteArray &content);

    QString m_folder;
    QTemporaryDir m_temporary;
    QLockFile m_lock; ///< in it, which tells others that it is in use
    std::unique_ptr<QSaveFile> m_archive;
    QString m_archivePath;
    Crc32c m_checksum;
    S2Stream m_stream;
    qint64 m_written = 0;
    std::unique_ptr<ArchiveCheck> m_check;
};

/// A backup that is there.
struct BackupFolder {
    QString path;
    StreamBackup::Description description;
    QString archive;
    qint64 archiveBytes = 0;
    QByteArray digest; ///< what stands beside it, in hexadecimal; empty: nothing does

    QString streamName() const;
};

/// `path` is the folder, or one of the files in it. Invalid where that is no backup.
Result<BackupFolder> openBackup(const QString &path);
