// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/foreignserver.h"

#include <QList>
#include <QWidget>

class Card;

/// The NATS in the cluster that Pennant did not make, each with the way to open it read-only; hidden where there are
/// none.
class OtherServersCard final : public QWidget {
    Q_OBJECT

public:
    explicit OtherServersCard(QWidget *parent = nullptr);

    void setServers(const QList<ForeignServer> &servers);

Q_SIGNALS:
    void openRequested(const ForeignServer &server);

private:
    class Row;
    QList<ForeignServer> m_servers;
    Card *m_card;
    QList<Row *> m_rows;
};
