// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/formpanel.h"

#include <QJsonObject>
#include <QJsonValue>

#include <functional>

/// A form whose controls stand for fields of one JSON document: it answers the document that it was shown with what a
/// person edited in its place, and nothing else of it is another. Each control is bound once, after it was added.
class ConfigForm : public FormPanel {
    Q_OBJECT

protected:
    using FormPanel::FormPanel;

    /// Empty: the field is left out.
    void bindText(QLineEdit *edit);
    void bindSubjects(QLineEdit *edit);
    /// `none` is what the API has for an empty one: -1 or 0.
    void bindQuantity(QLineEdit *edit, const QuantityUnit &unit, qint64 none);
    void bindFlag(QCheckBox *box);
    /// The choices' data are the API's own words or numbers; the first of them, and 0, is what a missing field means.
    void bindChoice(SegmentedChoice *choice);

    /// Shows the document, and nothing counts as edited.
    void showConfig(const QJsonObject &config);
    /// `config` with what was edited in its place.
    QJsonObject entered(QJsonObject config) const;
    bool isBound(const QString &field) const;
    /// The document has become another: what nobody has edited follows it. Answers the fields that were edited here and
    /// are another there too.
    QStringList followConfig(const QJsonObject &config);

private:
    struct Binding {
        QString field;
        QWidget *control;
        std::function<void(const QJsonValue &)> show; ///< as the usual value
        std::function<QJsonValue()> read; ///< undefined: to be left out
    };

    void bind(QWidget *control, std::function<void(const QJsonValue &)> show, std::function<QJsonValue()> read);

    QList<Binding> m_bindings;
    QJsonObject m_shown;
};
