// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/base/pending.h"
#include "services/domain/access.h"
#include "services/domain/consumer.h"

#include <QObject>

#include <memory>

class Clock;
class JetStreamSource;
class RuntimeSource;
class StreamService;

/// The consumers of all streams, read again every two seconds while the runtime is ready, and what changes them. GUI
/// thread.
class ConsumerService final : public QObject {
    Q_OBJECT

public:
    ConsumerService(RuntimeSource &runtime, StreamService &streams, JetStreamSource &source, Clock &clock,
        QObject *parent = nullptr);
    ~ConsumerService() override;

    /// Sorted by account, stream and name.
    const QList<Consumer> &consumers() const;
    const Freshness &freshness() const;
    ConsumerContext context() const;
    /// No consumers before there is a stream, nor without write access.
    Access createAccess() const;
    /// The same of one that is there: what another tool keeps is left to that, and what may be kept as well, while
    /// nobody knows.
    Access deleteAccess(const Consumer &consumer) const;

    Pending<Consumer> create(const ConsumerDraft &draft);
    /// `consumer` is it as a person has seen it: one that was made anew under its name is left alone, with a Conflict.
    Pending<void> remove(const Consumer &consumer);
    void refresh();
    /// Out of sight they are read more seldom, in sight again at once.
    void setInSight(bool inSight);
    /// No change is under way.
    bool isAtRest() const;

Q_SIGNALS:
    void snapshotChanged();
    void freshnessChanged();
    void accessChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};
