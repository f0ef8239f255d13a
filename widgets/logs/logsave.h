// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"

#include <QByteArrayList>

class QThreadPool;

/// Where logs are saved. Owned by the application, which waits for them at its end only: a folder on the network may
/// answer after minutes, and nobody is to wait for that who closes a page. GUI thread.
QThreadPool *savingThreads();

/// Writes `blocks` one after the other into `file`, on `pool`: all of it or nothing, an older file stays until the new
/// one is whole. Answers how many bytes were written. Only an ordinary file is written to.
Pending<qint64> saveLog(QThreadPool *pool, const QByteArrayList &blocks, const QString &file);
