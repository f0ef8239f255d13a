// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/assetfields.h"
#include "widgets/common/formpanel.h"

#include <QJsonObject>
#include <QJsonValue>

#include <functional>

class DocumentControl;
class MetadataTable;

/// A form whose controls stand for fields of one JSON document: it answers the document that it was shown with what a
/// person edited in its place, and nothing else of it is another. Each control is bound once, after it was added; one
/// named "republish.src" stands for what is inside an object, which goes with the last thing in it.
class ConfigForm : public FormPanel {
    Q_OBJECT

protected:
    using FormPanel::FormPanel;

    /// Empty: the field is left out.
    void bindText(QLineEdit *edit);
    void bindSubjects(QLineEdit *edit);
    /// `none` is what the API has for an empty one: -1 or 0, or undefined where it is left out.
    void bindQuantity(QLineEdit *edit, const QuantityUnit &unit, const QJsonValue &none);
    /// A list of them.
    void bindQuantities(QLineEdit *edit, const QuantityUnit &unit);
    void bindFlag(QCheckBox *box);
    /// The choices' data are the API's own words or numbers; the first of them, and 0, is what a missing field means.
    void bindChoice(SegmentedChoice *choice);
    void bindItem(QComboBox *combo);
    /// Where the field is missing it stays as it was.
    void bindTime(QDateTimeEdit *edit);

    /// Below the fields: what stands in the document and in no control here; beside what is sent: what can't be taken
    /// back. To be laid out last; hidden while there is nothing to say.
    void layOutNotes(const QString &stem);
    void showKept(const QJsonObject &config, bool isNew);
    void showConsequences(const FieldErrors &consequences, bool isNew);
    void bindDocument(DocumentControl *control);
    /// What the table doesn't show is left alone.
    void bindMetadata(MetadataTable *table);

    /// Shows the document, and nothing counts as edited.
    void showConfig(const QJsonObject &config);
    /// `config` with what was edited in its place.
    QJsonObject entered(QJsonObject config) const;
    bool isBound(const QString &field) const;
    QList<QWidget *> boundControls() const;
    /// Fields of `config` that mean something and stand in no control: "a_field_of_tomorrow", "placement.preferred".
    QStringList unbound(const QJsonObject &config) const;
    /// The document has become another: what nobody has edited follows it. Answers what was edited here and is another
    /// there too: what it is here, and what there.
    QList<FieldChange> followConfig(const QJsonObject &config);

private:
    struct Binding {
        QString field;
        QWidget *control;
        std::function<void(const QJsonValue &)> show; ///< as the usual value
        std::function<QJsonValue()> read; ///< undefined: to be left out
        bool isMetadata = false;

        /// What of a document it stands for, and a document with another there.
        QJsonValue in(const QJsonObject &config) const;
        QJsonObject put(const QJsonObject &config, const QJsonValue &value) const;
    };

    void bind(QWidget *control, std::function<void(const QJsonValue &)> show, std::function<QJsonValue()> read);

    QList<Binding> m_bindings;
    QJsonObject m_shown;
    InlineMessage *m_keptNote = nullptr;
    InlineMessage *m_consequences = nullptr;
};
