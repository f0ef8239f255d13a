// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/documentcontrol.h"

#include <QJsonObject>

class OriginCard;
class QToolButton;
class QVBoxLayout;

/// The streams that a stream takes its messages from: the one that it mirrors, or its sources.
class OriginList final : public DocumentControl {
    Q_OBJECT

public:
    enum class Kind { Mirror, Sources };

    explicit OriginList(Kind kind, QWidget *parent = nullptr);

    /// An object of a mirror, an array of sources.
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QString problem() const override;

    /// Why none can be added, changed or taken away; empty: it can.
    struct Reasons {
        QString add;
        QString change;
        QString remove;
    };
    void setReasons(const Reasons &reasons);
    void setOffered(const QStringList &streams);

private:
    OriginCard *addCard();
    void addByPerson();
    void removeCard(OriginCard *card);
    void renew();
    void chainTabs();

    Kind m_kind;
    Reasons m_reasons;
    QStringList m_offered; ///< streams to choose from
    QVBoxLayout *m_column;
    QToolButton *m_add;
    QList<OriginCard *> m_cards;
    QJsonObject m_removed; ///< the last
};
