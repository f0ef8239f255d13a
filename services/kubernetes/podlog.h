// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/base/result.h"

#include <QByteArrayList>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

class KubernetesTransport;

/// What to read of a container's log (core/v1 PodLogOptions).
struct PodLogQuery {
    QString nameSpace;
    QString pod;
    QString container;
    std::optional<int> tailLines; ///< nothing: from the beginning
    bool isPrevious = false; ///< of the container's last terminated instance
    bool isFollowing = false;

    bool operator==(const PodLogQuery &) const = default;
};

/// Reads one container's log, line by line. Lines come as bytes without their newline, in order, in batches at most
/// once in 50 ms; a line of over 1 MiB is cut there and goes on in the next. Begins with start(), ends with
/// destruction. GUI thread.
class PodLog final : public QObject {
    Q_OBJECT

public:
    PodLog(KubernetesTransport &transport, PodLogQuery query, QObject *parent = nullptr);
    ~PodLog() override;

    void start();

Q_SIGNALS:
    void linesArrived(const QByteArrayList &lines);
    /// Once, after the last line; nothing where the server ended the log properly, a followed one too.
    void ended(const std::optional<Error> &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};
