// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/documentcontrol.h"

#include <QHash>
#include <QJsonValue>
#include <QPair>

class PairRows;

/// The metadata of a stream or consumer as a table of keys and values. What the server writes there itself, and what
/// has a control of its own, is not shown and not part of the value.
class MetadataTable final : public DocumentControl {
    Q_OBJECT

public:
    explicit MetadataTable(QWidget *parent = nullptr);

    static bool isShown(const QString &key);

    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QString problem() const override;

private:
    PairRows *m_rows;
    /// What a row stands for that nobody has edited: an edit may show less of it than there is.
    QHash<QPair<QString, QString>, QPair<QString, QJsonValue>> m_told;
};
