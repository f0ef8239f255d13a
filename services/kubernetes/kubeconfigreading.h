// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubeconfig.h"

#include <QDateTime>

/// What tells a file from what it was, without opening it. Renaming another file into its place changes when the inode
/// was changed.
struct FileStamp {
    QString path;
    qint64 size = -1; ///< -1: there is none
    QDateTime contentChanged;
    QDateTime inodeChanged;

    bool operator==(const FileStamp &) const = default;
};

/// Kubeconfig files as they were read at one time, with what it takes to see whether they have to be read again.
struct KubeconfigReading {
    Kubeconfig kubeconfig;
    QList<KubeconfigContext> contexts;
    /// The files that are there and their folders (most programs replace a file, or make its folder first), and the
    /// files that they name.
    QStringList toWatch;
    QList<FileStamp> files;
    QList<FileStamp> namedFiles; ///< certificates, keys and tokens that the kubeconfigs name
    bool isRead = false;
    /// No file had been changed shortly before: within the same tick of its clock it could be changed again unseen.
    bool isSettled = false;

    /// What it says or names is not what `before` said or named.
    bool isOther(const KubeconfigReading &before) const;
};

/// Reads `merged` and `apart` as Kubeconfig::load() does; where they are as they were `before`, that is answered and
/// none is opened. Any thread, and it may take long: files are large, or far away.
KubeconfigReading readKubeconfig(
    const QStringList &merged, const KubeconfigReading &before = {}, const QStringList &apart = {});
