// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QByteArrayList>
#include <QObject>

#include <memory>
#include <optional>

class KubernetesTransport;
class RuntimeSource;

/// What the Logs tab asks for.
struct LogRequest {
    QString pod;
    QString container;
    std::optional<int> tailLines = 1000; ///< nothing: all
    bool isPrevious = false;
    bool isFollowing = true;

    bool operator==(const LogRequest &) const = default;
};

/// One log being read. Owned by whoever opened it; destroying it ends the reading. GUI thread.
class LogTail : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    /// In order, as bytes without their newlines, in batches.
    void linesArrived(const QByteArrayList &lines);
    /// Once; nothing where the log ended properly.
    void ended(const std::optional<Error> &error);
};

/// Opens the logs of the runtime's pods. GUI thread.
class LogService final : public QObject {
    Q_OBJECT

public:
    LogService(KubernetesTransport &transport, RuntimeSource &runtime, QObject *parent = nullptr);

    /// Begins to read; signals come through the event loop.
    std::unique_ptr<LogTail> open(const LogRequest &request);

private:
    KubernetesTransport &m_transport;
    RuntimeSource &m_runtime;
};
