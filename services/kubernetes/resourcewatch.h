// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/backoff.h"
#include "services/base/freshness.h"
#include "services/base/pending.h"

#include <QJsonObject>
#include <QList>
#include <QObject>

#include <memory>

class ApiStream;
class Clock;
class KubernetesTransport;

/// Keeps a true copy of one collection: lists it, then watches from the list's resourceVersion with bookmarks; lists
/// again on 410 (as a status or as an ERROR event), goes on with backoff and jitter after anything else.
/// https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
///
/// `snapshotChanged` carries the whole collection, sorted by namespace and name, at most once in 100 ms; what is known
/// stays while the connection is away, and `freshnessChanged` says since when and why. Begins with start(), ends with
/// destruction. GUI thread.
class ResourceWatch final : public QObject {
    Q_OBJECT

public:
    struct Query {
        QString apiVersion;
        QString kind;
        QString nameSpace; ///< empty: all, or not namespaced
        QString labelSelector; ///< as kubectl's -l
        QString fieldSelector;
        bool isMetadataOnly = false; ///< nothing but the objects' metadata is read
    };

    /// `transport` and `clock` must outlive it.
    ResourceWatch(KubernetesTransport &transport, Clock &clock, Query query, QObject *parent = nullptr);
    ~ResourceWatch() override;

    void start();
    /// Lists again now, whatever it waits for.
    void refresh();

    const QList<QJsonObject> &snapshot() const;
    const Freshness &freshness() const;
    /// It may be listed and not watched: it is listed every thirty seconds, and stale from then on.
    bool isOnlyListed() const;
    /// Why the last attempt failed, while it is not live.
    const std::optional<Error> &lastError() const;

Q_SIGNALS:
    void snapshotChanged();
    void freshnessChanged();
    /// It could not be listed or watched, for the reason told before perhaps; the next attempt comes by itself.
    void attemptFailed();

private:
    class Private;
    std::unique_ptr<Private> d;
};
