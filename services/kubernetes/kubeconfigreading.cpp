// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfigreading.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace {

/// The coarsest clock of a file system in use (FAT).
constexpr std::chrono::milliseconds coarsestTick = 2s;

QList<FileStamp> stampsOf(const QStringList &paths)
{
    QList<FileStamp> stamps;
    for (const QString &path : paths) {
        const QFileInfo info(path);
        if (info.exists())
            stamps.append({path, info.size(), info.lastModified(), info.metadataChangeTime()});
        else
            stamps.append({path, -1, {}, {}});
    }
    return stamps;
}

bool areSettled(const QList<FileStamp> &stamps, const QDateTime &now)
{
    const QDateTime latest = now.addMSecs(-coarsestTick.count());
    return std::all_of(stamps.begin(), stamps.end(), [&latest](const FileStamp &stamp) {
        return stamp.size < 0 || (stamp.contentChanged < latest && stamp.inodeChanged < latest);
    });
}

/// The folder of `file`, or of those above it the first that is there: in it the next one appears.
QString folderThatIsThere(const QString &file)
{
    QString folder = QFileInfo(file).absolutePath();
    while (!QFileInfo::exists(folder) && QFileInfo(folder).absolutePath() != folder)
        folder = QFileInfo(folder).absolutePath();
    return folder;
}

QStringList pathsToWatch(const QStringList &files)
{
    QStringList paths;
    for (const QString &file : files) {
        const QFileInfo info(file);
        for (const QString &path : {info.absoluteFilePath(), folderThatIsThere(file)}) {
            if (!paths.contains(path) && QFileInfo::exists(path))
                paths.append(path);
        }
    }
    return paths;
}

} // namespace

bool KubeconfigReading::isOther(const KubeconfigReading &before) const
{
    return isRead != before.isRead || kubeconfig != before.kubeconfig || namedFiles != before.namedFiles;
}

KubeconfigReading readKubeconfig(const QStringList &merged, const KubeconfigReading &before, const QStringList &apart)
{
    const QStringList files = merged + apart;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QList<FileStamp> stamps = stampsOf(files);
    KubeconfigReading reading = before;
    if (!before.isSettled || before.files != stamps) {
        reading.kubeconfig = Kubeconfig::load(merged, apart);
        reading.contexts = reading.kubeconfig.contexts();
        reading.files = stamps;
        reading.isSettled = areSettled(stamps, now);
        reading.isRead = true;
    }
    reading.toWatch = pathsToWatch(files);
    reading.namedFiles = stampsOf(reading.kubeconfig.namedFiles());
    for (const FileStamp &named : std::as_const(reading.namedFiles)) {
        if (named.size >= 0 && !reading.toWatch.contains(named.path))
            reading.toWatch.append(named.path);
    }
    return reading;
}
