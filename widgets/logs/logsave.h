// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"

#include <QByteArrayList>

class QThreadPool;

/// Writes `blocks` one after the other into `file`, on `pool`: all of it or nothing, an older file stays until the new
/// one is whole. Answers how many bytes were written. Only an ordinary file is written to.
Pending<qint64> saveLog(QThreadPool *pool, const QByteArrayList &blocks, const QString &file);
