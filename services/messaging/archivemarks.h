// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/protection.h"

#include <QJsonObject>
#include <QList>
#include <QObject>

#include <memory>
#include <optional>

class Clock;
class KubernetesTransport;
class ResourceWatch;

/// The marks that archive a cluster. Each counts for all of it, whichever namespace it is in, so they are watched and
/// asked for in all of them. Whoever is refused that once is told of the runtime's namespace alone until refresh(). GUI
/// thread.
class ArchiveMarks final : public QObject {
    Q_OBJECT

public:
    /// `transport` and `clock` must outlive it.
    ArchiveMarks(KubernetesTransport &transport, Clock &clock, QString nameSpace, QObject *parent = nullptr);
    ~ArchiveMarks() override;

    /// Begins to watch. What is asked needs no watch.
    void start();
    /// Looks again now, in all namespaces.
    void refresh();
    /// Looks again now, where it looked before.
    void lookAgain();

    /// Whether there is one has been seen once, or may not be.
    bool isKnown() const { return m_isKnown; }
    /// The marks were read: where they may not be, nobody knows whether there are any.
    bool wereRead() const { return m_wereRead; }
    bool isEverywhere() const { return m_isEverywhere; }
    /// The one to tell of, as the watch has seen them: that of the runtime's namespace before others. `but` (its uid)
    /// does not count.
    std::optional<ArchiveMark> seen(const QString &but = {}) const;
    /// The same, asked of the cluster.
    Flow<std::optional<ArchiveMark>> read();
    /// What `configMap` says, and where it is.
    ArchiveMark markOf(const QJsonObject &configMap) const;

Q_SIGNALS:
    /// The watch has brought what there is now.
    void seenAnew();
    void becameKnown();

private:
    void watch(bool everywhere);
    void narrow();
    void noteSnapshot();
    void noteFreshness();
    void noteKnown();
    std::optional<ArchiveMark> foremost(const QList<QJsonObject> &configMaps, const QString &but = {}) const;

    KubernetesTransport &m_transport;
    Clock &m_clock;
    QString m_nameSpace;
    std::unique_ptr<ResourceWatch> m_watch;
    bool m_isEverywhere = true;
    bool m_isKnown = false;
    bool m_wereRead = false;
};
