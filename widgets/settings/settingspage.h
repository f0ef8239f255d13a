// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/namespacefate.h"

#include <QWidget>

class ConsumerService;
class RuntimeService;
class SettingsView;
class StreamService;

/// The Settings tab: joins the services to SettingsView. The services must outlive it; `cluster` is
/// what people call it. GUI thread.
class SettingsPage final : public QWidget {
    Q_OBJECT

public:
    SettingsPage(RuntimeService &runtime, StreamService &streams, ConsumerService &consumers, const QString &cluster,
        QWidget *parent = nullptr);

Q_SIGNALS:
    void overviewRequested();

private:
    using Report = void (SettingsView::*)(const Result<void> &);
    void renew();
    void send(Pending<void> request, Report report);

    RuntimeService &m_runtime;
    StreamService &m_streams;
    ConsumerService &m_consumers;
    QString m_cluster;
    SettingsView *m_view;
    Pending<void> m_request;
    Pending<NamespaceFate> m_fate;
};
