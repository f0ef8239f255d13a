// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QStringList>
#include <QWidget>

#include <optional>

class Field;
class Fold;
class PairRows;
class QDateTimeEdit;
class QLabel;
class QLineEdit;
class QToolButton;
class SegmentedChoice;
class Suggestions;
class WrappingLabel;

/// One stream that another takes messages from: a StreamSource of the JetStream API, the mirror's or one of the
/// sources. It answers the document that it was given with what was edited in its place.
class OriginCard final : public QWidget {
    Q_OBJECT

public:
    explicit OriginCard(const QString &stem, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setOrigin(const QJsonObject &origin);
    QJsonObject origin() const;
    /// What was entered and can't stand in a document.
    QString problem() const;
    /// Why it can't be changed, and why not taken away; empty: it can.
    void setReasons(const QString &change, const QString &remove);
    /// The streams of the account, to choose from; another can be entered, and is told to be missing.
    void setOffered(const QStringList &streams);
    /// In the order of Tab.
    QList<QWidget *> controls() const;

Q_SIGNALS:
    void edited();
    void removeRequested();

private:
    void makeControls(const QString &stem);
    void layOut();
    QString beginning() const;
    void renewBeginning();
    void renewSummary();
    void noteEdited();
    void noteMissing();
    QJsonObject withBeginning(QJsonObject origin) const;
    std::optional<qint64> sequence() const;

    QJsonObject m_origin;
    QLabel *m_title;
    QToolButton *m_remove;
    QLineEdit *m_stream;
    Suggestions *m_suggestions;
    QStringList m_offered;
    WrappingLabel *m_missing;
    QLineEdit *m_filter;
    Fold *m_more;
    SegmentedChoice *m_begin;
    QLineEdit *m_sequence;
    QDateTimeEdit *m_time;
    QDateTime m_shownTime; ///< a time is shown in whole seconds
    Field *m_sequenceField;
    Field *m_timeField;
    PairRows *m_transforms;
    QLineEdit *m_api;
    QLineEdit *m_deliver;
    WrappingLabel *m_kept;
};
