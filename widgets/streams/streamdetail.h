// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/stream.h"

#include <QWidget>

class DetailPanel;
class FactGrid;
class Meter;
class QLabel;
class QPushButton;
class QVBoxLayout;

/// One stream beside the table: its state, its copies, its whole configuration. Shows values; asks for nothing itself.
class StreamDetail final : public QWidget {
    Q_OBJECT

public:
    explicit StreamDetail(QWidget *parent = nullptr);

    /// `now` is what relative times are counted from.
    void setStream(const Stream &stream, const QDateTime &now);
    const StreamId &id() const { return m_id; }
    void setDeleteAccess(const Access &access);

Q_SIGNALS:
    void deleteRequested();
    void closeRequested();

private:
    void showReplicas(const Stream &stream);
    void addReplica(const QString &name, const QString &role, const QString &lag, bool isWell);

    DetailPanel *m_panel;
    FactGrid *m_facts;
    Meter *m_fill;
    QLabel *m_description;
    QLabel *m_replicasTitle;
    QVBoxLayout *m_replicas;
    QPushButton *m_delete;
    StreamId m_id;
    std::optional<Stream> m_shown;
};
